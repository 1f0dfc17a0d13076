using System.Text.Json;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>Reads the layers of RTNeural's JSON in Keras' style (RTNeural of 2020 to 2026, <c>model_utils.py</c>): each has a type, an
/// activation, an output shape [null, null, O] and weights.</summary>
internal sealed class RtNeuralReader
{
    private const int MostLayers = 1000;

    // More than any layer has, so that what is too much is seen.
    private const int MostWeights = 16;
    private static readonly string[] Functions = ["tanh", "relu", "sigmoid", "softmax", "elu"];

    private readonly List<string> problems;
    private readonly List<string> assumptions;
    private readonly List<KerasLayer> layers = [];

    private RtNeuralReader(List<string> problems, List<string> assumptions) => (this.problems, this.assumptions) = (problems, assumptions);

    /// <summary>The layers that are understood.</summary>
    /// <param name="values">The array "layers".</param>
    /// <param name="inputSize">Numbers of a step of the input.</param>
    /// <param name="problems">Receives what is not understood.</param>
    /// <param name="assumptions">Receives what the file leaves open.</param>
    public static IReadOnlyList<KerasLayer> Read(JsonElement values, int inputSize, List<string> problems, List<string> assumptions)
    {
        var reader = new RtNeuralReader(problems, assumptions);
        var size = inputSize;
        var count = JsonRead.Array(values, "layers").GetArrayLength();
        if (count > MostLayers)
            throw new ForeignFileException($"layers: expected at most {MostLayers}, got {count}");
        var index = 0;
        foreach (var value in values.EnumerateArray())
            size = reader.Layer(value, index++, size);
        return reader.layers;
    }

    private int Layer(JsonElement value, int index, int inputSize)
    {
        var type = JsonRead.Property(value, "type") is { } kind ? JsonRead.Text(kind, $"layers[{index}].type") : "";
        var name = $"layers[{index}] ({type})";
        var activation = JsonRead.Property(value, "activation") is { } function ? JsonRead.Text(function, $"{name}.activation") : "";
        var weights = Weights(value, name);
        var told = OutputSize(value, name);
        KerasLayer? layer = type switch
        {
            "lstm" => Recurrent(name, RecurrentKind.Lstm, weights, inputSize, activation),
            "gru" => Recurrent(name, RecurrentKind.Gru, weights, inputSize, activation),
            "dense" or "time-distributed-dense" => Dense(name, weights, inputSize),
            "activation" => Activation(name, activation, inputSize),
            _ => null,
        };
        if (layer is null)
        {
            if (type is not ("lstm" or "gru" or "dense" or "time-distributed-dense" or "activation"))
                problems.Add($"{name}: expected lstm, gru, dense, time-distributed-dense or activation");
            return told ?? inputSize;
        }

        if (told is not null && told != layer.OutputSize)
            problems.Add($"{name}: its shape tells {told} numbers, but its weights give {layer.OutputSize}");
        layers.Add(layer);
        if (layer is KerasDense && activation.Length > 0 && Activation($"{name}.{activation}", activation, layer.OutputSize) is { } behind)
            layers.Add(behind);
        return layer.OutputSize;
    }

    private static FileTensor[] Weights(JsonElement layer, string name)
    {
        if (JsonRead.Property(layer, "weights") is not { } weights)
            return [];
        return
        [
            .. JsonRead.Array(weights, $"{name}.weights").EnumerateArray().Take(MostWeights)
                .Select((one, i) => JsonRead.Tensor(one, $"{name}.weights[{i}]")),
        ];
    }

    private static int? OutputSize(JsonElement value, string name)
    {
        if (JsonRead.Property(value, "shape") is not { } shape)
            return null;
        var length = JsonRead.Array(shape, $"{name}.shape").GetArrayLength();
        return length == 0 ? null : JsonRead.Whole(shape[length - 1], $"{name}.shape", 1, int.MaxValue);
    }

    // RTNeural's recurrent layers have their functions built in, and its files of AIDA-X' trainer say "".
    private KerasRecurrent? Recurrent(string name, RecurrentKind kind, FileTensor[] weights, int inputSize, string activation)
    {
        var gates = kind == RecurrentKind.Lstm ? 4 : 3;
        if (activation is not ("" or "tanh"))
            problems.Add($"{name}: the activation '{activation}' of a recurrent layer; expected tanh");
        if (activation.Length == 0)
            assumptions.Add($"{name}: no activation is told; it is tanh");
        assumptions.Add("the gates of recurrent layers have the function sigmoid");
        if (weights is not [{ Shape: [var input, var columns] } kernel, { Shape: [var hidden, _] } recurrent, var bias]
            || columns != gates * hidden || recurrent.Shape[1] != columns || hidden == 0)
        {
            problems.Add($"{name}: expected weights [{inputSize}, {gates} H], [H, {gates} H] and a bias, got {Shapes(weights)}");
            return null;
        }

        if (input != inputSize)
            problems.Add($"{name}: expected weights[0] [{inputSize}, {columns}], got {kernel.ShapeText()}");
        long[] expected = kind == RecurrentKind.Lstm ? [columns] : [2, columns];
        if (!bias.Shape.SequenceEqual(expected))
        {
            problems.Add($"{name}: expected the bias [{string.Join(", ", expected)}], got {bias.ShapeText()}");
            return null;
        }

        return new KerasRecurrent(name, kind, kernel, recurrent, bias);
    }

    private KerasDense? Dense(string name, FileTensor[] weights, int inputSize)
    {
        if (weights is not ([{ Shape: [_, > 0] }] or [{ Shape: [_, > 0] }, { Shape: [_] }])
            || weights[0].Shape[0] != inputSize || (weights.Length == 2 && weights[1].Shape[0] != weights[0].Shape[1]))
        {
            problems.Add($"{name}: expected weights [{inputSize}, O] and [O], got {Shapes(weights)}");
            return null;
        }

        return new KerasDense(name, weights[0], weights.Length == 2 ? weights[1] : null);
    }

    private static string Shapes(FileTensor[] weights) => string.Join(", ", weights.Select(weight => weight.ShapeText()));

    private KerasActivation? Activation(string name, string function, int size)
    {
        if (Functions.Contains(function))
            return new KerasActivation(name, size, function);
        problems.Add($"{name}: the activation '{function}'; expected one of {string.Join(", ", Functions)}");
        return null;
    }
}
