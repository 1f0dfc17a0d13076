using FastRnn.CompilerServices;
using FastRnn.Language;
using FastRnn.Testing;

namespace FastRnn.Tests.Reference;

/// <summary>Declarations written by hand, so that the tests of the reference need no generator.</summary>
internal static class HandMadeModel
{
    private static readonly LayerWiring Unwired = new(LayerOperation.Kernel, TimeDomain.Main, [], []);

    /// <summary>How a layer of a chain stands.</summary>
    public static LayerWiring Chain(LayerInfo layer, int index) => new(
        LayerOperation.Kernel, TimeDomain.Main, [index - 1],
        layer.IsRecurrent ? [.. layer.States.Select(_ => new StateStart(StartKind.Zero))] : []);

    /// <summary>A model of the given layers, a chain if they do not say something else; parameter offsets are filled in.</summary>
    public static ModelInfo Of(
        InputKind input,
        int inputSize,
        IReadOnlyList<LayerInfo> layers,
        LossKind loss = LossKind.None,
        Reduction reduction = Reduction.Sum,
        bool softmax = false,
        bool pyTorch = false)
    {
        const int Vocabulary = 4;
        var offset = input == InputKind.Embedding ? Vocabulary * inputSize : 0;
        var placed = new List<LayerInfo>();
        foreach (var layer in layers)
        {
            var wiring = layer.Wiring == Unwired ? Chain(layer, placed.Count) : layer.Wiring;
            placed.Add(layer with { ParameterOffset = offset, Wiring = wiring });
            offset += layer.ParameterCount;
        }

        return new ModelInfo(
            "HandMade", input, inputSize, input == InputKind.Vector ? 0 : Vocabulary, placed, loss, reduction, softmax, pyTorch);
    }

    /// <summary>A layer of a recurrent cell or, with an activation, a dense one.</summary>
    public static LayerInfo Layer(
        string cell, int inputSize, int size, Func<CellParameters, ICell> create, bool recurrent, string state,
        params ParameterInfo[] parameters)
    {
        var offset = 0;
        var placed = new List<ParameterInfo>();
        foreach (var parameter in parameters)
        {
            placed.Add(parameter with { Offset = offset });
            offset += parameter.Count;
        }

        return new LayerInfo(
            cell, recurrent, inputSize, size, 0, placed, [new StateInfo(state, size, recurrent)], 0, 0, false, [], [], 0, 0, false, false,
            new([], []), [], create, Unwired);
    }

    public static LayerInfo Dense(int inputSize, int size, DenseActivation activation = DenseActivation.Linear) => Layer(
        "Dense", inputSize, size, p => new DenseReference(p, activation), false, "y",
        Parameter("W", size, inputSize), Parameter("b", size, 0, Initializer.Zeros));

    public static LayerInfo SimpleRecurrent(int inputSize, int size) => Layer(
        "SimpleRecurrent", inputSize, size, p => new SimpleRecurrentCell(p), true, "h",
        Parameter("W", size, inputSize), Parameter("U", size, size), Parameter("b", size, 0));

    public static ParameterInfo Parameter(
        string name, int rows, int columns, Initializer initializer = Initializer.XavierUniform, double value = 1) =>
        new(name, 0, rows, columns, initializer, value);

    private sealed class SimpleRecurrentCell(CellParameters parameters) : ICell
    {
        private readonly Mat<Hidden, Input> w = parameters.Matrix<Hidden, Input>(0);
        private readonly Mat<Hidden, Hidden> u = parameters.Matrix<Hidden, Hidden>(1);
        private readonly Vec<Hidden> b = parameters.Vector<Hidden>(2);

        public double[][] Step(double[] x, double[][] states) =>
            [Functions.Tanh(w * new Vec<Input>(x) + u * new Vec<Hidden>(states[0]) + b).ToArray()];
    }
}
