namespace FastRnn.Generators.Analysis;

/// <summary>A dense layer as the cell that it is: one state <c>y</c> that no step reads back.</summary>
internal static class DenseGraph
{
    /// <param name="activation">Linear, or a function of the language.</param>
    public static CellGraph Create(string activation)
    {
        var graph = new GraphBuilder();
        var x = graph.Add(Operation.Input, "Input", name: "x");
        var product = graph.Add(Operation.Product, "Hidden", 0, x);
        var sum = graph.Add(Operation.Add, "Hidden", product, graph.Add(Operation.Parameter, "Hidden", 1, name: "b"));
        var y = activation == "Linear" ? sum : graph.Add((Operation)Enum.Parse(typeof(Operation), activation), "Hidden", sum);
        graph.Name(y, "y");
        var text = activation == "Linear" ? "y = W * x + b" : $"y = {activation}(W * x + b)";
        return new CellGraph(
            "Dense",
            "Dense",
            EquatableArray<string>.Empty,
            new([new ParameterSpec("W", "Hidden", "Input", "XavierUniform", 1), new ParameterSpec("b", "Hidden", "", "Zeros", 1)]),
            new([new StateSpec("y", "Hidden")]),
            graph.Live([y], out var places),
            new([places[y]]),
            new([new Equation(text, places[y])]),
            new([new TensorSpec("weight", new(["W"])), new TensorSpec("bias", new(["b"]))]));
    }
}
