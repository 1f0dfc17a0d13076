using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>The forms in which exporters write what stands around recurrent nodes.</summary>
public sealed class GraphFormTests
{
    [Fact]
    public void The_form_of_Keras_by_tf2onnx_is_read()
    {
        // Transpose, zeros by Expand of a constant, LSTM, Squeeze, Transpose, MatMul, Add.
        var builder = new GraphBuilder(13).Input("x", "unk_1", "unk_2", 2).Recurrent(4, 2, 3).Weight("kernel", 3, 5).Weight("bias", 5)
            .Numbers("zero", [1, 1, 1], 0).Integers("one", 1).Integers("three", 3).Integers("at", 0).Node("Shape", "x -> s")
            .Node("Gather", "s at -> n")
            .Node("Concat", "one n three -> hs", ("axis", 0)).Node("Expand", "zero hs -> h")
            .Node("Transpose", "x -> xt", ("perm", new long[] { 1, 0, 2 }))
            .Node("LSTM", "xt W R B _ h h -> y4", ("hidden_size", 3)).Node("Squeeze", "y4 one -> y3")
            .Node("Transpose", "y3 -> yb", ("perm", new long[] { 1, 0, 2 })).Node("MatMul", "yb kernel -> m").Node("Add", "m bias -> y")
            .Output("y");
        var findings = new Findings();
        var network = Check(builder, [3, 4, 2], findings);
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], network.Signature.Input.Axes);
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], network.Signature.Output.Axes);
        var dense = Assert.IsType<DenseLayer>(network.Layers[1]);
        Assert.Equal(("kernel", 1, 5), (dense.Weight.Tensor.Name, dense.Weight.RowStride, dense.Weight.ColumnStride));
        Assert.Equal("initial_h of 'lstm_5': zeros", findings.Uses.First(u => u.Tensor.Name == "zero").Destination);
    }

    [Theory]
    [InlineData(0, 1f, 1f)]
    [InlineData(1, 1f, 1f)]
    [InlineData(0, 0.5f, 2f)]
    [InlineData(1, -1f, 0.25f)]
    public void A_gemm_is_dense(int transposed, float alpha, float beta)
    {
        var builder = Last(new GraphBuilder()).Weight("w", transposed == 0 ? [3, 5] : [5, 3]).Weight("b", 5)
            .Node("Gemm", "h w b -> y", ("transB", transposed), ("alpha", alpha), ("beta", beta)).Output("y");
        Assert.Equal(["RecurrentLayer", "PoolLayer", "DenseLayer"], Kinds(Check(builder, [4, 3, 2])));
    }

    [Fact]
    public void Opset_7_has_axes_as_attributes()
    {
        var builder = new GraphBuilder(7).Input("x", "t", "b", 2).Recurrent(4, 2, 3).Node("LSTM", "x W R B -> y4", ("hidden_size", 3))
            .Node("Squeeze", "y4 -> y3", ("axes", new long[] { 1 })).Weight("w", 3, 2).Node("MatMul", "y3 w -> m")
            .Node("Softmax", "m -> y", ("axis", 2)).Output("y");
        Assert.Equal(["RecurrentLayer", "DenseLayer", "SoftmaxLayer"], Kinds(Check(builder, [4, 3, 2])));
    }

    [Fact]
    public void A_dense_layer_over_merged_steps_and_sequences_is_a_dense_layer()
    {
        var builder = Sequence(new GraphBuilder(), 1).Weight("w", 3, 5).Weight("b", 5).Integers("flat", -1, 3).Integers("one", 1)
            .Integers("five", 5)
            .Node("Shape", "y3 -> s").Integers("first", 0, 1).Node("Gather", "s first -> two")
            .Node("Concat", "two five -> back", ("axis", 0))
            .Node("Reshape", "y3 flat -> f").Node("Gemm", "f w b -> g").Node("Relu", "g -> r").Node("Reshape", "r back -> y").Output("y");
        var network = Check(builder, [4, 3, 2]);
        Assert.Equal(FunctionUse.Relu, Assert.IsType<DenseLayer>(network.Layers[1]).Function);
        Assert.Equal([Axis.Time, Axis.Batch, Axis.Feature], network.Signature.Output.Axes);
    }

    [Fact]
    public void Last_states_of_both_directions_side_by_side_are_a_pooling()
    {
        var builder = Sequence(new GraphBuilder(), 2).Integer("zero", 0).Integer("one", 1).Node("Gather", "h zero -> f", ("axis", 0))
            .Node("Gather", "h one -> b", ("axis", 0)).Node("Concat", "f b -> y", ("axis", -1)).Output("y");
        var network = Check(builder, [4, 3, 2]);
        Assert.Equal(["RecurrentLayer", "PoolLayer"], Kinds(network));
        Assert.Equal([Axis.Batch, Axis.Feature], network.Signature.Output.Axes);
    }

    [Fact]
    public void The_last_step_forward_and_the_first_backward_are_a_pooling()
    {
        var builder = Sequence(new GraphBuilder(), 2).Integer("first", 0).Integer("last", -1).Integers("a", 0).Integers("m", 3)
            .Integers("z", 6)
            .Integers("axis", 1).Node("Gather", "y3 last -> l").Node("Gather", "y3 first -> f").Node("Slice", "l a m axis -> lf")
            .Node("Slice", "f m z axis -> fb").Node("Concat", "lf fb -> y", ("axis", 1)).Output("y");
        Assert.Equal(["RecurrentLayer", "PoolLayer"], Kinds(Check(builder, [4, 3, 2])));
    }

    [Fact]
    public void The_last_step_of_two_directions_is_refused()
    {
        var builder = Sequence(new GraphBuilder(), 2).Integer("last", -1).Node("Gather", "y3 last -> y").Output("y");
        Assert.Contains("takes step", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_directions_are_added()
    {
        var builder = Sequence(new GraphBuilder(), 2).Integer("zero", 0).Integer("one", 1).Node("Gather", "y4 zero -> f", ("axis", 1))
            .Node("Gather", "y4 one -> b", ("axis", 1)).Node("Add", "f b -> y").Output("y");
        Assert.Equal(Merge.Sum, Check(builder, [4, 3, 2]).Recurrent.Single().Merge);
    }

    [Fact]
    public void States_of_two_layers_are_slices()
    {
        var builder = Sequence(new GraphBuilder().Input("h0", 2, "b", 3), 1, "_ ha").Recurrent(4, 3, 3, suffix: "2").Integers("i0", 0)
            .Integers("i1", 1)
            .Integers("i2", 2).Node("Slice", "h0 i1 i2 i0 -> hb").Node("LSTM", "y3 W2 R2 B2 _ hb -> z4 h2", ("hidden_size", 3))
            .Node("Squeeze", "z4 i1 -> y").Node("Concat", "h h2 -> hn", ("axis", 0)).Output("y").Output("hn");
        var network = Understood.Check(builder.Build(), new Dictionary<string, Tensors.Tensor>
        { ["x"] = builder.Data(4, 3, 2), ["h0"] = builder.Data(2, 3, 3) });
        StateSlice[] slices = [new(0, false, false), new(1, false, false)];
        Assert.Equal(slices, network.Signature.FirstStates.Single().Slices);
        Assert.Equal(slices, network.Signature.FinalStates.Single().Slices);
    }

    [Fact]
    public void Factors_constants_and_functions_are_layers()
    {
        var builder = Sequence(new GraphBuilder(), 1).Numbers("half", [], 0.5f).Numbers("three", [1], 3).Numbers("two", [], 2)
            .Node("Mul", "half y3 -> a")
            .Node("Sub", "three a -> b").Node("Div", "b two -> c").Node("Sigmoid", "c -> s").Node("Mul", "c s -> d").Node("Neg", "d -> y")
            .Output("y");
        var network = Check(builder, [4, 3, 2]);
        Assert.Equal(["RecurrentLayer", "ScaleLayer", "FunctionLayer", "ScaleLayer", "FunctionLayer", "ScaleLayer"], Kinds(network));
        Assert.Equal(FunctionKind.Silu, ((FunctionLayer)network.Layers[4]).Function.Kind);
    }

    [Fact]
    public void A_mean_over_the_steps_is_a_pooling()
    {
        var builder = Sequence(new GraphBuilder(), 1).Node("ReduceMean", "y3 -> y", ("axes", new long[] { 0 }), ("keepdims", 0))
            .Output("y");
        Assert.Equal(Pooling.Mean, Assert.IsType<PoolLayer>(Check(builder, [4, 3, 2]).Layers[1]).Pooling);
    }

    [Fact]
    public void A_sequence_without_a_batch_is_one_sequence()
    {
        var builder = new GraphBuilder().Input("x", "t", 2).Recurrent(3, 2, 3).Integers("one", 1).Integers("both", 1, 2)
            .Node("Unsqueeze", "x one -> x3")
            .Node("GRU", "x3 W R B -> y4", ("hidden_size", 3)).Node("Squeeze", "y4 both -> y").Output("y");
        var network = Check(builder, [4, 2]);
        Assert.Equal([Axis.Time, Axis.Feature], network.Signature.Output.Axes);
        Assert.Equal((null, 1), (network.Signature.Steps, network.Signature.Batch));
    }

    [Fact]
    public void Tokens_may_come_as_floating_numbers()
    {
        var builder = new GraphBuilder().Input("x", "t", "b").Weight("table", 7, 2).Recurrent(3, 2, 3).Integers("one", 1)
            .Node("Cast", "x -> i", ("to", 6)).Node("Gather", "table i -> e").Node("GRU", "e W R B -> y4", ("hidden_size", 3))
            .Node("Squeeze", "y4 one -> y").Output("y");
        var inputs = new Dictionary<string, Tensors.Tensor> { ["x"] = new([2, 3], [6, 1, 2, 3, 4, 0]) };
        Assert.Equal(0, Understood.Check(builder.Build(), inputs).InputSize);
    }

    [Fact]
    public void Data_that_become_integers_are_refused()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Recurrent(3, 2, 3).Node("Cast", "x -> i", ("to", 7))
            .Node("Cast", "i -> f", ("to", 1)).Node("GRU", "f W R B -> y", ("hidden_size", 3)).Output("y");
        Assert.Contains("makes integers", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_without_names_are_told_apart()
    {
        var builder = new GraphBuilder().Input("h0", null, 3).Input("x", null, null, 2).Recurrent(3, 2, 3).Integers("zero", 0)
            .Integers("one", 1)
            .Node("Unsqueeze", "h0 zero -> h3").Node("Transpose", "x -> xt", ("perm", new long[] { 1, 0, 2 }))
            .Node("GRU", "xt W R B _ h3 -> y4 hn", ("hidden_size", 3)).Node("Squeeze", "y4 one -> y").Output("y").Output("hn");
        var inputs = new Dictionary<string, Tensors.Tensor> { ["x"] = builder.Data(3, 4, 2), ["h0"] = builder.Data(3, 3) };
        var signature = Understood.Check(builder.Build(), inputs).Signature;
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], signature.Input.Axes);
        Assert.Equal([Axis.Batch, Axis.Feature], signature.FirstStates.Single().Axes);
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Relu")]
    public void An_unrolled_rnn_is_one_layer_of_a_fixed_number_of_steps(string function)
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2).Input("h0", 1, "b", 3).Weight("W", 2, 3).Weight("U", 3, 3).Weight("b1", 3)
            .Weight("b2", 3)
            .Integers("i0", 0).Integers("i1", 1).Integers("i2", 2).Integers("i3", 3).Node("MatMul", "x W -> m").Node("Add", "m b1 -> p");
        for (var t = 0; t < 3; t++)
        {
            builder.Node("Slice", $"p i{t} i{t + 1} i0 -> s{t}").Node("Squeeze", $"s{t} i0 -> p{t}")
                .Node("MatMul", $"h{t} U -> u{t}").Node("Add", $"b2 u{t} -> v{t}").Node("Add", $"p{t} v{t} -> w{t}")
                .Node(function, $"w{t} -> h{t + 1}");
        }

        builder.Node("Concat", "h1 h2 h3 -> y", ("axis", 0)).Node("Identity", "h3 -> hn").Output("y").Output("hn");
        var inputs = new Dictionary<string, Tensors.Tensor> { ["x"] = builder.Data(3, 4, 2), ["h0"] = builder.Data(1, 4, 3) };
        var findings = new Findings();
        var network = Understood.Check(builder.Build(), inputs, findings);
        Assert.Equal(RecurrentKind.Rnn, Assert.IsType<RecurrentLayer>(Assert.Single(network.Layers)).Kind);
        Assert.Equal((3, null), (network.Signature.Steps, network.Signature.Batch));
        Assert.Contains(findings.Assumptions, a => a.Contains("unrolled for 3 steps", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_things_that_are_wrong_are_both_told()
    {
        var builder = Sequence(new GraphBuilder(), 1).Weight("k", 3, 3, 1).Node("Conv", "y3 k -> c").Recurrent(4, 3, 3, suffix: "2")
            .Node("LSTM", "c W2 R2 B2 -> z4", ("hidden_size", 3), ("activations", new[] { "Sigmoid", "Sine", "Tanh" })).Integers("one", 1)
            .Node("Squeeze", "z4 one -> y").Output("y");
        var problems = Understood.Problems(builder.Build());
        Assert.Equal(2, problems.Count);
        Assert.Contains("(Conv)", problems[0], StringComparison.Ordinal);
        Assert.Contains("Sine", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_output_of_the_chain_is_refused_by_name()
    {
        var builder = Sequence(new GraphBuilder(), 1).Weight("w", 3, 5).Node("MatMul", "y3 w -> y").Node("Tanh", "y3 -> z").Output("y")
            .Output("z");
        Assert.Contains("output 'z'", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_initializer_that_is_read_by_no_node_is_told()
    {
        var findings = new Findings();
        Check(Sequence(new GraphBuilder(), 1).Weight("spare", 2).Node("Identity", "y3 -> y").Output("y"), [4, 3, 2], findings);
        Assert.Contains(findings.Assumptions, a => a.Contains("'spare' [2] is read by no node", StringComparison.Ordinal));
    }

    // y3: the steps of an LSTM 2 -> 3 [T, B, 3], or of both directions [T, B, 6]; y4 and h: its outputs.
    private static GraphBuilder Sequence(GraphBuilder builder, int directions, string more = "") => builder.Input("x", "t", "b", 2)
        .Recurrent(4, 2, 3, directions).Integers("perm0", 0, 0, -1)
        .Integers("s0", 0).Integers("s1", 1).Node("Slice", more.Length > 0 ? "h0 s0 s1 s0 -> ha" : "s0 s0 s1 s0 -> unused")
        .Node("LSTM", $"x W R B {more} -> y4 h", ("hidden_size", 3), ("direction", directions == 1 ? "forward" : "bidirectional"))
        .Node("Transpose", "y4 -> yt", ("perm", new long[] { 0, 2, 1, 3 })).Node("Reshape", "yt perm0 -> y3");

    private static GraphBuilder Last(GraphBuilder builder) => builder.Input("x", "t", "b", 2).Recurrent(4, 2, 3)
        .Node("LSTM", "x W R B -> _ h3", ("hidden_size", 3)).Integers("zero", 0).Node("Squeeze", "h3 zero -> h");

    private static IEnumerable<string> Kinds(Network network) => network.Layers.Select(l => l.GetType().Name);

    private static Network Check(GraphBuilder builder, int[] shape, Findings? findings = null) =>
        Understood.Check(builder.Build(), new Dictionary<string, Tensors.Tensor> { ["x"] = builder.Data(shape) }, findings);
}
