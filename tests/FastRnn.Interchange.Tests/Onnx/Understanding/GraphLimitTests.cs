namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>Graphs that are too large to be understood.</summary>
public sealed class GraphLimitTests
{
    [Fact]
    public void A_long_chain_of_functions_is_refused()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2);
        for (var i = 0; i < 5000; i++)
            builder.Node("Tanh", i == 0 ? "x -> v0" : $"v{i - 1} -> v{i}");
        Assert.Contains("layers", Understood.Problems(builder.Output("v4999").Build())[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Large_fixed_sizes_are_refused()
    {
        var builder = new GraphBuilder().Input("x", 1 << 30, "b", 2).Recurrent(4, 2, 3)
            .Node("LSTM", "x W R B -> y", ("hidden_size", 3)).Output("y");
        Assert.Contains("'x'", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }
}
