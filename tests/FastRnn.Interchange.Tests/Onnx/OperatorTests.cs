using FastRnn.Interchange.Tensors;

using static FastRnn.Interchange.Tests.Onnx.OnnxBuilder;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Rules of single operators that are easily got wrong, with numbers computed by hand.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Softmax_before_opset_13_runs_over_all_dimensions_from_axis_1_on()
    {
        var x = Float([1, 2, 2], 0, 0, 0, 0);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], One("Softmax", 12, [x]).Values);
        Assert.Equal([0.5, 0.5, 0.5, 0.5], One("Softmax", 13, [x]).Values);
    }

    [Fact]
    public void Softmax_subtracts_the_largest()
    {
        Assert.Equal([1, 0], One("Softmax", 13, [Float([2], 1000, 0)]).Values);
        Assert.Equal([0, -1000], One("LogSoftmax", 13, [Float([2], 1000, 0)]).Values);
    }

    [Fact]
    public void Slice_takes_negative_starts_and_steps_and_ends_beyond_the_end()
    {
        var x = Float([5], 0, 1, 2, 3, 4);
        Assert.Equal([4, 2, 0], One("Slice", 13, [x, Longs(-1), Longs(long.MinValue), Longs(0), Longs(-2)]).Values);
        Assert.Equal([3, 4], One("Slice", 13, [x, Longs(-2), Longs(long.MaxValue)]).Values);
        Assert.Equal([4, 3, 2, 1, 0], One("Slice", 13, [x, Longs(9), Longs(-9), Longs(0), Longs(-1)]).Values);
        Assert.Equal([0], One("Slice", 13, [x, Longs(3), Longs(1)]).Shape);
        Assert.Equal([0], One("Slice", 13, [x, Longs(-9), Longs(-9), Longs(0), Longs(-1)]).Values);
        Assert.Equal([1, 2], One("Slice", 9, [x], ("starts", new long[] { 1 }), ("ends", new long[] { 3 })).Values);
    }

    [Fact]
    public void Axes_of_Squeeze_are_an_attribute_before_opset_13_and_an_input_since()
    {
        var x = Float([1, 2, 1], 5, 6);
        Assert.Equal([1, 2], One("Squeeze", 12, [x], ("axes", new long[] { 2 })).Shape);
        Assert.Equal([1, 2], One("Squeeze", 13, [x, Longs(-1)]).Shape);
        Assert.Equal([2], One("Squeeze", 13, [x]).Shape);
        Assert.Contains("'axes' is an input in opset 13", Refusal("Squeeze", 13, [x], ("axes", new long[] { 2 })));
        Assert.Contains("'axes' is an attribute in opset 12", Refusal("Squeeze", 12, [x, Longs(2)]));
        Assert.Contains("expected dimensions of 1, got [1, 2, 1]", Refusal("Squeeze", 13, [x, Longs(1)]));
    }

    [Fact]
    public void Axes_of_Unsqueeze_count_in_the_result()
    {
        Assert.Equal([1, 3, 1], One("Unsqueeze", 13, [Float([3], 1, 2, 3), Longs(0, -1)]).Shape);
        Assert.Contains("twice", Refusal("Unsqueeze", 13, [Float([3], 1, 2, 3), Longs(0, -3)]));
    }

    [Fact]
    public void Zero_of_Reshape_keeps_a_dimension_unless_zeros_are_allowed()
    {
        Assert.Equal([2, 3, 1], One("Reshape", 13, [Float([2, 3], 1, 2, 3, 4, 5, 6), Longs(0, -1, 1)]).Shape);
        Assert.Equal([3, 0], One("Reshape", 14, [Float([0, 3]), Longs(3, 0)], ("allowzero", 1L)).Shape);
        Assert.Contains("cannot become [4, -1]", Refusal("Reshape", 13, [Float([2, 3], 1, 2, 3, 4, 5, 6), Longs(4, -1)]));
    }

    [Fact]
    public void Division_of_integers_truncates()
    {
        Assert.Equal([-3, 3, -3], One("Div", 14, [Longs(-7, 7, 7), Longs(2, 2, -2)]).Values);
        Assert.Contains("divided by 0", Refusal("Div", 14, [Longs(1), Longs(0)]));
    }

    [Fact]
    public void Small_integers_wrap_around()
    {
        var x = new Tensor([1], [200], ElementType.UInt8);
        Assert.Equal([144], One("Add", 14, [x, x]).Values);
        Assert.Equal([-56], One("Cast", 13, [Longs(200)], ("to", 3L)).Values);
    }

    [Fact]
    public void TopK_gives_the_first_of_equal_elements_first()
    {
        var outputs = Evaluate("TopK", 11, 2, [Float([4], 1, 3, 3, 2), Longs(3)]);
        Assert.Equal([3, 3, 2], outputs[0]!.Values);
        Assert.Equal([1, 2, 3], outputs[1]!.Values);
        outputs = Evaluate("TopK", 11, 2, [Float([2, 2], 4, 1, 2, 8), Longs(1)], ("axis", 0L), ("largest", 0L));
        Assert.Equal([2, 1], outputs[0]!.Values);
        Assert.Equal([1, 0], outputs[1]!.Values);
    }

    [Fact]
    public void Bounds_of_Clip_are_attributes_before_opset_11_and_inputs_since()
    {
        var x = Float([3], -2, 0, 2);
        Assert.Equal([-1, 0, 2], One("Clip", 6 + 1, [x], ("min", -1.0)).Values);
        Assert.Equal([-2, 0, 1], One("Clip", 11, [x, null, Float([], 1)]).Values);
        Assert.Contains("bounds are inputs in opset 11", Refusal("Clip", 11, [x], ("min", -1.0)));
    }

    [Fact]
    public void MatMul_takes_vectors_and_repeats_outer_dimensions()
    {
        Assert.Equal([2, 3], One("MatMul", 13, [Float([2], 1, 1), Float([2, 2], 1, 2, 1, 1)]).Values);
        var batches = One("MatMul", 13, [Float([2, 1, 1, 2], 1, 2, 3, 4), Float([2, 2, 1], 1, 1, 1, 0)]);
        Assert.Equal([2, 2, 1, 1], batches.Shape);
        Assert.Equal([3, 1, 7, 3], batches.Values);
        Assert.Empty(One("MatMul", 13, [Float([2], 1, 2), Float([2], 3, 4)]).Shape);
    }

    [Fact]
    public void Gemm_turns_scales_and_adds()
    {
        var y = One("Gemm", 13, [Float([2, 1], 1, 2), Float([3, 2], 1, 0, 0, 1, 1, 1), Float([3], 10, 20, 30)],
            ("transA", 1L), ("transB", 1L), ("alpha", 2.0), ("beta", 0.5));
        Assert.Equal([1, 3], y.Shape);
        Assert.Equal([7, 14, 21], y.Values);
    }

    [Fact]
    public void Split_into_outputs_may_leave_a_smaller_last_part_since_opset_18()
    {
        var parts = Evaluate("Split", 18, 2, [Float([3], 1, 2, 3)], ("num_outputs", 2L));
        Assert.Equal([1, 2], parts[0]!.Values);
        Assert.Equal([3], parts[1]!.Values);
        Assert.Throws<ForeignFileException>(() => Evaluate("Split", 13, 2, [Float([3], 1, 2, 3)]));
    }

    [Fact]
    public void Pads_may_crop_reflect_and_repeat_the_edge()
    {
        var x = Float([3], 1, 2, 3);
        Assert.Equal([9, 1, 2], One("Pad", 13, [x, Longs(1, -1), Float([], 9)]).Values);
        Assert.Equal([3, 2, 1, 2, 3, 2], One("Pad", 13, [x, Longs(2, 1)], ("mode", "reflect")).Values);
        Assert.Equal([1, 1, 2, 3], One("Pad", 13, [x, Longs(1, 0)], ("mode", "edge")).Values);
        Assert.Equal([3, 1, 2, 3, 1], One("Pad", 19, [x, Longs(1, 1)], ("mode", "wrap")).Values);
        Assert.Equal([0, 1, 2, 3], One("Pad", 10, [x], ("pads", new long[] { 1, 0 })).Values);
    }

    [Fact]
    public void Reductions_without_axes_take_all_or_none()
    {
        var x = Float([2, 2], 1, 2, 3, 4);
        Assert.Equal([10], One("ReduceSum", 13, [x]).Values);
        Assert.Equal([1, 2, 3, 4], One("ReduceSum", 13, [x], ("noop_with_empty_axes", 1L)).Values);
        Assert.Equal([2, 3], One("ReduceMean", 17, [x], ("axes", new long[] { 0 }), ("keepdims", 0L)).Values);
        Assert.Equal([2, 4], One("ReduceMax", 18, [x, Longs(-1)], ("keepdims", 0L)).Values);
    }

    [Fact]
    public void An_index_outside_and_an_unknown_attribute_are_refused_with_their_place()
    {
        Assert.Equal("node 0 (Gather): index 2: expected -2 to 1", Refusal("Gather", 13, [Float([2], 1, 2), Longs(2)]));
        Assert.Equal("node 0 (Relu): attribute 'slope' is not known", Refusal("Relu", 14, [Float([1], 1)], ("slope", 1.0)));
        Assert.Contains("the operator is not known", Refusal("Loop", 14, [Float([1], 1)]));
    }

    [Fact]
    public void Few_bytes_cannot_ask_for_the_memory_or_for_hours()
    {
        Assert.Contains("more than 4194304 numbers", Refusal("Expand", 13, [Float([1], 1), Longs(1 << 30)]));
        Assert.Contains("more than 4194304 numbers", Refusal("ConstantOfShape", 9, [Longs(1 << 20, 1 << 9)]));
        Assert.Contains("cannot be", Refusal("ConstantOfShape", 9, [Longs(1 << 30, 1 << 30)]));
        Assert.Contains("dimensions", Refusal("Reshape", 13, [Float([1], 1), Longs([.. Enumerable.Repeat(1.0, 40)])]));
        Assert.Contains("from 0 to 1 by 0", Refusal("Range", 11, [Float([], 0), Float([], 1), Float([], 0)]));
    }
}
