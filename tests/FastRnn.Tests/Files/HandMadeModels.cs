using FastRnn.CompilerServices;
using FastRnn.Tests.Reference;

namespace FastRnn.Tests.Files;

/// <summary>Tables as the generator would write them, as far as files look at them.</summary>
internal static class HandMadeModels
{
    /// <summary>Tokens, an embedding, a GRU and a read-out: folded and real second biases, and more than one layer.</summary>
    public static ModelInfo Gru { get; } = Model("GruModel", InputKind.Embedding, 2, 4, [
        Recurrent("Gru", 2, 3, 0, ["r", "z", "n"], ["h"], ["+br", "+bz", "bhn"]),
        Layer("Dense", 3, 2, 0, [("W", 2, 3), ("b", 2, 0)], ["y"], [("dense.weight", ["W"]), ("dense.bias", ["b"])]),
    ]);

    /// <summary>PyTorch's nn.RNN of several layers.</summary>
    public static ModelInfo Elman(int input, int hidden, int layers, string cell = "Elman") =>
        Stack(cell, input, hidden, layers, [""], ["h"], ["+b"]);

    /// <summary>PyTorch's nn.LSTM of several layers.</summary>
    public static ModelInfo Lstm(int input, int hidden, int layers) =>
        Stack("Lstm", input, hidden, layers, ["i", "f", "g", "o"], ["h", "c"], ["+bi", "+bf", "+bg", "+bo"]);

    /// <summary>PyTorch's nn.GRU of several layers.</summary>
    public static ModelInfo GruStack(int input, int hidden, int layers) =>
        Stack("Gru", input, hidden, layers, ["r", "z", "n"], ["h"], ["+br", "+bz", "bhn"]);

    private static ModelInfo Stack(
        string cell, int input, int hidden, int layers, string[] gates, string[] states, string[] secondBias) =>
        Model(cell + "Stack", InputKind.Vector, input, 0,
            [.. Enumerable.Range(0, layers).Select(l => Recurrent(cell, l == 0 ? input : hidden, hidden, l, gates, states, secondBias))]);

    private static LayerInfo Recurrent(
        string cell, int input, int hidden, int index, string[] gates, string[] states, string[] secondBias)
    {
        var parameters = gates.Select(g => ("W" + g, hidden, input))
            .Concat(gates.Select(g => ("U" + g, hidden, hidden)))
            .Concat(gates.Select(g => ("b" + g, hidden, 0)))
            .Concat(secondBias.Where(b => b[0] != '+').Select(b => (b, hidden, 0)));
        return Layer(cell, input, hidden, index, [.. parameters], states, [
            ("weight_ih_l", [.. gates.Select(g => "W" + g)]),
            ("weight_hh_l", [.. gates.Select(g => "U" + g)]),
            ("bias_ih_l", [.. gates.Select(g => "b" + g)]),
            ("bias_hh_l", secondBias),
        ]);
    }

    private static LayerInfo Layer(
        string cell,
        int input,
        int hidden,
        int index,
        (string Name, int Rows, int Columns)[] sizes,
        string[] states,
        (string Name, string[] Parts)[] tensors)
    {
        var parameters = new List<ParameterInfo>();
        foreach (var (name, rows, columns) in sizes)
        {
            var offset = parameters.Count == 0 ? 0 : parameters[^1].Offset + parameters[^1].Count;
            parameters.Add(new ParameterInfo(name, offset, rows, columns, Initializer.Zeros, 0));
        }

        TensorPart Part(string part) => new(parameters.FindIndex(p => p.Name == part.TrimStart('+')), part[0] == '+');
        return new LayerInfo(
            cell, cell != "Dense", input, hidden, 0, parameters,
            [.. states.Select(s => new StateInfo(s, hidden, true))], 0, 0, false, [], [], 0, 0, false, false, new([], []),
            [.. tensors.Select(t => new TensorInfo(cell == "Dense" ? t.Name : t.Name + index, [.. t.Parts.Select(Part)]))],
            _ => throw new InvalidOperationException("files do not compute"), new(LayerOperation.Kernel, TimeDomain.Main, [], []));
    }

    private static ModelInfo Model(string name, InputKind input, int inputSize, int vocabulary, LayerInfo[] layers)
    {
        var offset = vocabulary * inputSize;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = layers[i] with { ParameterOffset = offset, Wiring = HandMadeModel.Chain(layers[i], i) };
            offset += layers[i].ParameterCount;
        }

        return new ModelInfo(name, input, inputSize, vocabulary, layers, LossKind.None, Reduction.Sum, false, false);
    }

    /// <summary>Numbers that are all different.</summary>
    public static float[] Parameters(ModelInfo info) =>
        [.. Enumerable.Range(0, info.ParameterCount).Select(i => 0.37f + i * 0.013f)];
}
