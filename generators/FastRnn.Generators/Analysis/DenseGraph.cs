using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Analysis;

/// <summary>A dense layer as the cell that it is: one state <c>y</c> that no step reads back.</summary>
internal static class DenseGraph
{
    /// <param name="activation">Linear, or one that is a function of the language.</param>
    /// <param name="hasBias">Whether a vector is added to the product.</param>
    public static CellGraph Create(DenseActivation activation, bool hasBias = true)
    {
        var graph = new GraphBuilder();
        var x = graph.Add(Operation.Input, "Input", name: "x");
        var sum = graph.Add(Operation.Product, "Hidden", 0, x);
        sum = hasBias ? graph.Add(Operation.Add, "Hidden", sum, graph.Add(Operation.Parameter, "Hidden", 1, name: "b")) : sum;
        var y = activation == DenseActivation.Linear ? sum : graph.Unary(FunctionTable.Named(activation.ToString())!.Operation, sum);
        graph.Name(y, "y");
        var linear = hasBias ? "W * x + b" : "W * x";
        var text = activation == DenseActivation.Linear ? "y = " + linear : $"y = {activation}({linear})";
        var parameters = new[]
        {
            new ParameterSpec("W", "Hidden", "Input", Initializer.XavierUniform, 1),
            new ParameterSpec("b", "Hidden", "", Initializer.Zeros, 1),
        };
        var tensors = new[] { new TensorSpec("weight", new(["W"])), new TensorSpec("bias", new(["b"])) };
        var count = hasBias ? 2 : 1;
        return new CellGraph(
            "Dense",
            hasBias ? "Dense" : "Projection",
            EquatableArray<string>.Empty,
            new(parameters.Take(count)),
            new([new StateSpec("y", "Hidden")]),
            graph.Live([y], out var places),
            new([places[y]]),
            new([new Equation(text, places[y])]),
            new(tensors.Take(count)));
    }
}
