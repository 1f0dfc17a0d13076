using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that put dimensions in another order, cut them and join them.</summary>
internal static class SliceOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Transpose", 1, 1, Transpose, "perm"),
        Operator.One("Slice", 1, 5, Slice, "starts", "ends", "axes"),
        Operator.One("Concat", 1, Operator.Many, Concat, "axis"),
        Operator.Several("Split", 1, 2, Split, "axis", "split", "num_outputs"),
    ];

    private static Tensor Transpose(NodeCall call)
    {
        var x = call[0];
        var order = call.Axes(call.Attributes.Integers("perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse().Select(d => (long)d)], x.Rank);
        if (order.Length != x.Rank)
            throw call.Wrong($"expected the order of {x.Rank} dimensions, got [{string.Join(", ", order)}]");
        var strides = StridedWalk.Strides(x.Shape);
        var result = call.New([.. order.Select(d => x.Shape[d])], x.Type);
        return StridedWalk.Copy(x, 0, [.. order.Select(d => strides[d])], result);
    }

    private static Tensor Slice(NodeCall call)
    {
        var x = call[0];
        var starts = call.Integers("starts", 1, inputSince: 10) ?? throw call.Wrong("there are no starts");
        var ends = call.Integers("ends", 2, inputSince: 10) ?? throw call.Wrong("there are no ends");
        var axes = call.Axes(call.Integers("axes", 3, inputSince: 10) ?? [.. starts.Select((_, i) => (long)i)], x.Rank);
        var steps = call.Opset >= 10 && call.Find(4) is not null ? call.Integers(4) : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw call.Wrong($"expected lists of one length, got {starts.Length}, {ends.Length}, {axes.Length} and {steps.Length}");

        int[] shape = [.. x.Shape];
        var strides = StridedWalk.Strides(x.Shape);
        var first = 0;
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = axes[i];
            var (start, count, step) = Range(call, x.Shape[axis], starts[i], ends[i], steps[i]);
            first += start * strides[axis];
            (shape[axis], strides[axis]) = (count, count > 1 ? strides[axis] * step : 0);
        }

        return StridedWalk.Copy(x, first, strides, call.New(shape, x.Type));
    }

    // Both ends count from the end of the dimension where they are negative, and are cut to what there is: [0, size] going up; going down
    // the start to [0, size - 1], which numpy does otherwise, and the end to [-1, size - 1].
    private static (int Start, int Count, int Step) Range(NodeCall call, int size, long start, long end, long step)
    {
        if (step == 0)
            throw call.Wrong("a step of 0");
        if (size == 0)
            return (0, 0, 1);
        (start, end) = (start < 0 ? start + size : start, end < 0 ? end + size : end);
        (start, end) = step > 0
            ? (Math.Clamp(start, 0, size), Math.Clamp(end, 0, size))
            : (Math.Clamp(start, 0, size - 1), Math.Clamp(end, -1, size - 1));
        step = Math.Clamp(step, -size - 1L, size + 1L);
        var count = step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step;
        return count > 0 ? ((int)start, (int)count, (int)step) : (0, 0, 1);
    }

    private static Tensor Concat(NodeCall call)
    {
        if (!call.Attributes.Has("axis"))
            throw call.Wrong("there is no axis");
        var first = call[0];
        var axis = call.Axis(call.Attributes.Integer("axis", 0), first.Rank);
        int[] shape = [.. first.Shape];
        long size = 0;
        for (var i = 0; i < call.InputCount; i++)
        {
            var x = call[i];
            if (x.Rank != first.Rank || !Numbers.Agree(x.Type, first.Type) || x.Shape.Where((s, d) => d != axis && s != shape[d]).Any())
            {
                throw call.Wrong(
                    $"input {i}, {x.Type} {x.ShapeText()}, and input 0, {first.Type} {first.ShapeText()}, cannot be joined along {axis}");
            }

            size += x.Shape[axis];
        }

        shape[axis] = call.Size(size);
        var result = call.New(shape, first.Type);
        var outer = Tensor.CountOf(shape.AsSpan(0, axis));
        var to = 0;
        for (var o = 0; result.Count > 0 && o < outer; o++)
        {
            for (var i = 0; i < call.InputCount; i++)
            {
                var part = call[i].Count / outer;
                Array.Copy(call[i].Values, o * part, result.Values, to, part);
                to += part;
            }
        }

        return result;
    }

    private static Tensor?[] Split(NodeCall call)
    {
        var x = call[0];
        var axis = call.Axis(call.Attributes.Integer("axis", 0), x.Rank);
        var sizes = call.Integers("split", 1, inputSince: 13) ?? EqualParts(call, x.Shape[axis]);
        if (sizes.Length != call.OutputCount || sizes.Any(s => s < 0 || s > x.Shape[axis]) || sizes.Sum() != x.Shape[axis])
            throw call.Wrong($"{x.ShapeText()} cannot become {call.OutputCount} parts of {NodeCall.ListText(sizes)} along {axis}");

        var strides = StridedWalk.Strides(x.Shape);
        var parts = new Tensor?[sizes.Length];
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            int[] shape = [.. x.Shape];
            shape[axis] = (int)sizes[i];
            parts[i] = StridedWalk.Copy(x, at * strides[axis], strides, call.New(shape, x.Type));
            at += shape[axis];
        }

        return parts;
    }

    // num_outputs (since opset 18) allows a smaller last part.
    private static long[] EqualParts(NodeCall call, int size)
    {
        var count = call.OutputCount;
        if (call.Attributes.Integer("num_outputs", count) != count)
            throw call.Wrong($"expected {call.Attributes.Integer("num_outputs", count)} outputs, got {count}");
        if (!call.Attributes.Has("num_outputs") && size % count != 0)
            throw call.Wrong($"a dimension of {size} cannot become {count} equal parts");
        var part = (size + count - 1) / count;
        return [.. Enumerable.Range(0, count).Select(i => (long)Math.Clamp(size - ((long)i * part), 0, part))];
    }
}
