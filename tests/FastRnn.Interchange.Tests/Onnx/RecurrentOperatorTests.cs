using FastRnn.Interchange.Tensors;

using static FastRnn.Interchange.Tests.Onnx.OnnxBuilder;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>RNN, GRU and LSTM of one unit, with numbers computed by hand from ONNX's equations; activations are mostly linear pieces, so
/// that they stay simple.</summary>
public sealed class RecurrentOperatorTests
{
    private static readonly string[] Linear = ["Affine"];

    private static readonly (string, object)[] Identity =
        [("activations", Linear), ("activation_alpha", new[] { 1.0 }), ("activation_beta", new[] { 0.0 })];

    // h = x + 2 h
    private static Tensor?[] Doubling(params Tensor?[] more) =>
        [Float([3, 1, 1], 1, 10, 100), Float([1, 1, 1], 1), Float([1, 1, 1], 2), .. more];

    [Fact]
    public void An_RNN_runs_forward_and_in_reverse()
    {
        var y = Evaluate("RNN", 14, 2, Doubling(), Identity);
        Assert.Equal([1, 12, 124], y[0]!.Values);
        Assert.Equal([124], y[1]!.Values);
        y = Evaluate("RNN", 14, 2, Doubling(), [.. Identity, ("direction", "reverse")]);
        Assert.Equal([421, 210, 100], y[0]!.Values);
        Assert.Equal([421], y[1]!.Values);
    }

    [Fact]
    public void Lengths_end_a_sequence_and_turn_the_reversed_direction_inside()
    {
        var y = Evaluate("RNN", 14, 2, Doubling(null, new Tensor([1], [2], ElementType.Int32)), [.. Identity, ("direction", "reverse")]);
        Assert.Equal([21, 10, 0], y[0]!.Values);
        Assert.Equal([21], y[1]!.Values);
    }

    [Fact]
    public void A_length_of_0_gives_the_first_states_back()
    {
        var y = Evaluate("RNN", 14, 2, Doubling(null, Longs(0), Float([1, 1, 1], 7)), Identity);
        Assert.Equal([0, 0, 0], y[0]!.Values);
        Assert.Equal([7], y[1]!.Values);
    }

    [Fact]
    public void Layout_1_puts_the_batch_first_everywhere()
    {
        var states = Float([2, 2, 1], 0, 0, 0, 0);
        Tensor?[] inputs = [Float([2, 1, 1], 1, 2), Float([2, 1, 1], 1, 10), Float([2, 1, 1], 0, 0), null, null, states];
        (string, object)[] attributes =
        [
            ("layout", 1L), ("direction", "bidirectional"), ("activations", new[] { "Affine", "Affine" }),
            ("activation_alpha", new[] { 1.0, 1.0 }), ("activation_beta", new[] { 0.0, 0.0 }),
        ];
        var y = Evaluate("RNN", 14, 2, inputs, attributes);
        Assert.Equal([2, 1, 2, 1], y[0]!.Shape);
        Assert.Equal([2, 2, 1], y[1]!.Shape);
        Assert.Equal([1, 10, 2, 20], y[1]!.Values);
        Assert.Contains("layout 1 is not known in opset 13", Refusal("RNN", 13, inputs, attributes));
    }

    [Fact]
    public void Only_activations_with_a_parameter_take_one_from_its_list()
    {
        Tensor?[] inputs = [Float([1, 1, 1], -2), Float([2, 1, 1], 1, 1), Float([2, 1, 1], 0, 0)];
        var y = One("RNN", 14, inputs, ("direction", "bidirectional"), ("activations", new[] { "Relu", "LeakyRelu" }),
            ("activation_alpha", new[] { 0.25 }));
        Assert.Equal([0, -0.5], y.Values);
        Assert.Contains("[Relu, Tanh] leave 1 of activation_alpha", Refusal("RNN", 14, inputs,
            ("direction", "bidirectional"), ("activations", new[] { "Relu", "Tanh" }), ("activation_alpha", new[] { 0.25 })));
    }

    [Fact]
    public void Defaults_of_parameters_are_those_of_the_operators()
    {
        Tensor?[] inputs = [Float([1, 1, 1], 0.5), Float([1, 1, 1], 1), Float([1, 1, 1], 0)];
        Assert.Equal([0], One("RNN", 14, inputs, ("activations", new[] { "ThresholdedRelu" })).Values);
        Assert.Equal([1], One("RNN", 14, [Float([1, 1, 1], 1), .. inputs[1..]], ("activations", new[] { "ThresholdedRelu" })).Values);
        Assert.Equal([0], One("ThresholdedRelu", 14, [Float([1], 1)]).Values);
        Assert.Equal(0.6, One("RNN", 14, inputs, ("activations", new[] { "HardSigmoid" })).Values[0], 8);
        Assert.Contains("'Affine' has no alpha", Refusal("RNN", 14, inputs, ("activations", Linear)));
        Assert.Contains("'Tanhh' is not known", Refusal("RNN", 14, inputs, ("activations", new[] { "Tanhh" })));
    }

    [Fact]
    public void Clip_cuts_what_activations_get_and_no_states()
    {
        Assert.Equal([1, 5, 5], One("RNN", 14, Doubling(), [.. Identity, ("clip", 5.0)]).Values);

        // i = o = f = 1 (clipped sums of 2), c = 1 + 1 + 1: c is not cut, but what the last activation gets is.
        string[] affine = ["Affine", "Affine", "Affine"];
        var y = Evaluate("LSTM", 14, 3, [Float([3, 1, 1], 2, 2, 2), Float([1, 4, 1], 1, 1, 1, 1), Float([1, 4, 1], 0, 0, 0, 0)],
            ("activations", affine), ("activation_alpha", new[] { 1.0, 1, 1 }), ("activation_beta", new[] { 0.0, 0, 0 }), ("clip", 1.0));
        Assert.Equal([1, 1, 1], y[0]!.Values);
        Assert.Equal([3], y[2]!.Values);
    }

    [Fact]
    public void Peepholes_are_i_o_f_and_o_sees_the_new_cell_state()
    {
        // i = 1 c0 = 2, f = 3 c0 = 6, candidate 1: c = 6 * 2 + 2 * 1 = 14; o = 2 * 14 = 28; h = 28 * 14.
        string[] affine = ["Affine", "Affine", "Affine"];
        Tensor?[] inputs =
        [
            Float([1, 1, 1], 1), Float([1, 4, 1], 0, 0, 0, 1), Float([1, 4, 1], 0, 0, 0, 0), null, null,
            Float([1, 1, 1], 0), Float([1, 1, 1], 2), Float([1, 3], 1, 2, 3),
        ];
        (string, object)[] attributes =
            [("activations", affine), ("activation_alpha", new[] { 1.0, 1, 1 }), ("activation_beta", new[] { 0.0, 0, 0 })];
        var y = Evaluate("LSTM", 14, 3, inputs, attributes);
        Assert.Equal([14], y[2]!.Values);
        Assert.Equal([392], y[1]!.Values);

        // f = 1 - i = -1: c = -1 * 2 + 2 * 1 = 0.
        Assert.Equal([0], Evaluate("LSTM", 14, 3, inputs, [.. attributes, ("input_forget", 1L)])[2]!.Values);
    }

    [Fact]
    public void Linear_before_reset_multiplies_the_product_with_its_bias()
    {
        // z = 0, r = 0.5 (the bias alone), h0 = 4, R_h = 3, Rb_h = 1, x = 1: 1 + 0.5 * 13 or 1 + 3 * 2 + 1.
        Tensor?[] inputs =
        [
            Float([1, 1, 1], 1), Float([1, 3, 1], 0, 0, 1), Float([1, 3, 1], 0, 0, 3), Float([1, 6], 0, 0.5, 0, 0, 0, 1), null,
            Float([1, 1, 1], 4),
        ];
        (string, object)[] attributes =
            [("activations", new[] { "Affine", "Affine" }), ("activation_alpha", new[] { 1.0, 1 }), ("activation_beta", new[] { 0.0, 0 })];
        Assert.Equal([7.5], One("GRU", 14, inputs, [.. attributes, ("linear_before_reset", 1L)]).Values);
        Assert.Equal([8], One("GRU", 14, inputs, attributes).Values);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused()
    {
        Assert.Equal("node 0 (RNN): input 1: expected [1, 1, 1], got [1, 1, 2]",
            Refusal("RNN", 14, [Float([1, 1, 1], 1), Float([1, 1, 2], 1, 1), Float([1, 1, 1], 1)]));
        Assert.Equal("node 0 (RNN): hidden_size 2 does not fit to R [1, 1, 1]",
            Refusal("RNN", 14, [Float([1, 1, 1], 1), Float([1, 1, 1], 1), Float([1, 1, 1], 1)], ("hidden_size", 2L)));
    }
}
