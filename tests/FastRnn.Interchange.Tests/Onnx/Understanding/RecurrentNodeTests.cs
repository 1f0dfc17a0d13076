using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>What recurrent nodes say by attributes and inputs.</summary>
public sealed class RecurrentNodeTests
{
    [Fact]
    public void Peepholes_are_of_i_o_f()
    {
        var layer = Lstm("x W R B _ _ _ P -> y", b => b.Weight("P", 1, 9)).Recurrent.Single();
        Assert.Equal([0, 6, null, 3], layer.Directions[0].Gates.Select(g => g.Peephole?.Offset));
    }

    [Fact]
    public void Clip_is_read()
    {
        var findings = new Findings();
        Assert.Equal(1, Lstm("x W R B -> y", null, findings, ("clip", 1f)).Recurrent.Single().Clip);
        Assert.Contains(findings.Assumptions, a => a.Contains("clip", StringComparison.Ordinal));
    }

    [Fact]
    public void Input_and_forget_gates_are_coupled() =>
        Assert.True(Lstm("x W R B -> y", null, null, ("input_forget", 1)).Recurrent.Single().CouplesInputAndForget);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_gru_resets_before_or_after_the_product(int after)
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Recurrent(3, 2, 3, 2)
            .Node("GRU", "x W R B -> y4", ("hidden_size", 3), ("direction", "bidirectional"), ("linear_before_reset", after))
            .Node("Transpose", "y4 -> y5", ("perm", new long[] { 0, 2, 1, 3 })).Integers("shape", 0, 0, -1)
            .Node("Reshape", "y5 shape -> y").Output("y");
        Assert.Equal(after == 1, Check(builder, [4, 3, 2]).Recurrent.Single().ResetsAfterProduct);
    }

    [Fact]
    public void Functions_consume_alpha_and_beta_in_order()
    {
        var layer = Lstm(
            "x W R B -> y", null, null, ("activations", new[] { "HardSigmoid", "Tanh", "LeakyRelu" }),
                ("activation_alpha", new[] { 0.25f, 0.125f }),
            ("activation_beta", new[] { 0.5f })).Recurrent.Single().Directions[0];
        Assert.Equal(new(FunctionKind.HardSigmoid, 0.25, 0.5), layer.GateFunction);
        Assert.Equal(FunctionUse.Tanh, layer.CandidateFunction);
        Assert.Equal(new(FunctionKind.LeakyRelu, 0.125), layer.OutputFunction);
    }

    [Fact]
    public void Names_of_functions_are_read_without_regard_to_case()
    {
        var layer = Understood.Of(Base("x W R B -> y", null, ("activations", new[] { "hardsigmoid", "TANH", "relu" })).Build())
            .Recurrent.Single();
        Assert.Equal(FunctionKind.HardSigmoid, layer.Directions[0].GateFunction.Kind);
        Assert.Equal(FunctionUse.Relu, layer.Directions[0].OutputFunction);
    }

    [Fact]
    public void Functions_have_the_standards_defaults()
    {
        var layer = Lstm("x W R B -> y", null, null, ("activations", new[] { "HardSigmoid", "Elu", "Softsign" })).Recurrent.Single()
            .Directions[0];
        Assert.Equal((0.2f, 0.5f, 1), ((float)layer.GateFunction.Alpha, (float)layer.GateFunction.Beta, layer.CandidateFunction.Alpha));
        Assert.Equal(FunctionKind.Softsign, layer.OutputFunction.Kind);
    }

    [Fact]
    public void Affine_without_numbers_is_refused()
    {
        var builder = Base("x W R B -> y", null, ("activations", new[] { "Affine", "Tanh", "Tanh" }));
        Assert.Contains("Affine needs its alpha and beta", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_1_is_read()
    {
        var builder = new GraphBuilder().Input("x", "b", "t", 2).Input("h0", "b", 1, 3).Recurrent(3, 2, 3)
            .Node("GRU", "x W R B _ h0 -> y4 hn", ("hidden_size", 3), ("layout", 1)).Integers("axes", 2).Node("Squeeze", "y4 axes -> y")
            .Output("y").Output("hn");
        var network = Understood.Check(builder.Build(), new Dictionary<string, Tensors.Tensor>
        { ["x"] = builder.Data(3, 4, 2), ["h0"] = builder.Data(3, 1, 3) });
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], network.Signature.Output.Axes);
        Assert.Equal([Axis.Batch, Axis.Slice, Axis.Feature], network.Signature.FirstStates.Single().Axes);
        Assert.Equal([Axis.Batch, Axis.Slice, Axis.Feature], network.Signature.FinalStates.Single().Axes);
    }

    [Fact]
    public void Reverse_reads_backward_and_its_last_state_is_pooled()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Recurrent(1, 2, 3)
            .Node("RNN", "x W R B -> _ h", ("hidden_size", 3), ("direction", "reverse")).Integers("axes", 0).Node("Squeeze", "h axes -> y")
            .Output("y");
        var network = Check(builder, [4, 3, 2]);
        Assert.True(network.Recurrent.Single().Directions.Single().Backward);
        Assert.IsType<PoolLayer>(network.Layers[1]);
    }

    [Fact]
    public void A_reversed_sequence_read_forward_is_a_sequence_read_backward()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Recurrent(4, 2, 3).Integers("first", -1).Integers("end", long.MinValue)
            .Integers("axis", 0)
            .Integers("step", -1).Node("Slice", "x first end axis step -> r").Node("LSTM", "r W R B -> y4", ("hidden_size", 3))
            .Integers("one", 1)
            .Node("Squeeze", "y4 one -> y").Output("y");
        var network = Check(builder, [4, 3, 2]);
        Assert.True(network.Recurrent.Single().Directions.Single().Backward);
        Assert.True(network.Signature.OutputReversed);
    }

    [Fact]
    public void Constant_first_states_are_one_vector_a_direction()
    {
        var layer = Lstm("x W R B _ h c -> y", b => b.Weight("h1", 1, 1, 3).Weight("c1", 3).Integers("at", 1).Integers("one", 1)
            .Integers("three", 3)
            .Node("Shape", "x -> s").Node("Gather", "s at -> n").Node("Concat", "one n three -> hs", ("axis", 0))
            .Node("Expand", "h1 hs -> h")
            .Node("Expand", "c1 hs -> c")).Recurrent.Single();
        Assert.Equal((3, 3), (layer.Directions[0].FirstHidden!.Count, layer.Directions[0].FirstCell!.Count));
    }

    [Fact]
    public void Zeros_by_ConstantOfShape_are_nothing()
    {
        var layer = Lstm("x W R B _ h h -> y", b => b.Integers("at", 1).Integers("one", 1).Integers("three", 3)
            .Node("Shape", "x -> s").Node("Gather", "s at -> n").Node("Concat", "one n three -> hs", ("axis", 0))
            .Node("ConstantOfShape", "hs -> h"))
            .Recurrent.Single();
        Assert.Null(layer.Directions[0].FirstHidden);
        Assert.Null(layer.Directions[0].FirstCell);
    }

    [Fact]
    public void Weights_in_constant_nodes_and_computed_weights_are_weights()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Weight("Wt", 1, 2, 12).Weight("B", 1, 24);
        builder.Node("Constant", "-> R", ("value", builder.Random("", 1, 12, 3)))
            .Node("Transpose", "Wt -> W", ("perm", new long[] { 0, 2, 1 }))
            .Node("LSTM", "x W R B -> y4", ("hidden_size", 3)).Integers("one", 1).Node("Squeeze", "y4 one -> y").Output("y");
        var findings = new Findings();
        var gate = Check(builder, [4, 3, 2], findings).Recurrent.Single().Directions[0].Gates[0];
        Assert.Equal(("W", "R"), (gate.Input.Tensor.Name, gate.Recurrent.Tensor.Name));
        Assert.StartsWith("W of 'lstm", findings.Uses.Single(u => u.Tensor.Name == "Wt").Destination, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_of_other_sequences_are_refused()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Tokens("n", "b").Recurrent(4, 2, 3).Integers("one", 1)
            .Node("Sub", "n one -> less").Node("Cast", "less -> l", ("to", 6)).Node("LSTM", "x W R B l -> y4", ("hidden_size", 3))
            .Node("Squeeze", "y4 one -> y")
            .Output("y");
        Assert.Contains("sequence_lens", Understood.Problems(builder.Build())[0], StringComparison.Ordinal);
    }

    private static Network Lstm(
        string values, Func<GraphBuilder, GraphBuilder>? more, Findings? findings = null,
            params (string Name, object Value)[] attributes) =>
        Check(Base(values, more, attributes), [4, 3, 2], findings);

    private static GraphBuilder Base(string values, Func<GraphBuilder, GraphBuilder>? more, params (string Name, object Value)[] attributes)
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Recurrent(4, 2, 3).Integers("axes", 1);
        more?.Invoke(builder);
        return builder.Node("LSTM", values.Replace("-> y", "-> y4", StringComparison.Ordinal), [.. attributes, ("hidden_size", 3)])
            .Node("Squeeze", "y4 axes -> y").Output("y");
    }

    private static Network Check(GraphBuilder builder, int[] shape, Findings? findings = null) =>
        Understood.Check(builder.Build(), new Dictionary<string, Tensors.Tensor> { ["x"] = builder.Data(shape) }, findings);
}
