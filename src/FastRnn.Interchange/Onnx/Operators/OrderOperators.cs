using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that compare the elements along an axis, or find them.</summary>
internal static class OrderOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.Several("TopK", 1, 2, TopK, "k", "axis", "largest", "sorted"),
        Operator.One("ArgMax", 1, 1, call => ArgExtreme(call, 1), "axis", "keepdims", "select_last_index"),
        Operator.One("ArgMin", 1, 1, call => ArgExtreme(call, -1), "axis", "keepdims", "select_last_index"),
        Operator.One("NonZero", 1, 1, NonZero),
    ];

    // k is an attribute before opset 10. Of equal elements the first comes first.
    private static Tensor?[] TopK(NodeCall call)
    {
        var x = call[0];
        var axis = call.Axis(call.Attributes.Integer("axis", -1), x.Rank);
        var wanted = call.Opset < 10 ? call.Attributes.Integer("k", -1) : (long)call.Scalar(1);
        if (wanted < 0 || wanted > x.Shape[axis])
            throw call.Wrong($"k = {wanted}: expected 0 to {x.Shape[axis]}");
        var sign = call.Attributes.Integer("largest", 1) != 0 ? -1 : 1;

        int[] shape = [.. x.Shape];
        shape[axis] = (int)wanted;
        var (values, indices) = (call.New(shape, x.Type), call.New(shape, ElementType.Int64));
        call.Spend(32L * x.Count);
        var step = StridedWalk.Strides(x.Shape)[axis];
        foreach (var (from, to) in Lines(x.Shape, axis, shape[axis]))
        {
            var sorted = Enumerable.Range(0, x.Shape[axis]).OrderBy(i => x.Values[from + (i * step)], Comparer(sign));
            int[] order = [.. sorted.Take(shape[axis])];
            for (var i = 0; i < order.Length; i++)
                (values.Values[to + (i * step)], indices.Values[to + (i * step)]) = (x.Values[from + (order[i] * step)], order[i]);
        }

        return [values, indices];
    }

    private static Comparer<double> Comparer(int sign) => Comparer<double>.Create((a, b) => sign * a.CompareTo(b));

    private static Tensor ArgExtreme(NodeCall call, int sign)
    {
        var x = call[0];
        var axis = call.Axis(call.Attributes.Integer("axis", 0), x.Rank);
        if (x.Shape[axis] == 0)
            throw call.Wrong($"{x.ShapeText()} has no elements along {axis}");
        var last = call.Attributes.Integer("select_last_index", 0) != 0;

        int[] shape = [.. x.Shape];
        shape[axis] = 1;
        var result = call.New(shape, ElementType.Int64);
        call.Spend(x.Count);
        var step = StridedWalk.Strides(x.Shape)[axis];
        foreach (var (from, to) in Lines(x.Shape, axis, 1))
        {
            var best = 0;
            for (var i = 1; i < x.Shape[axis]; i++)
            {
                var order = sign * x.Values[from + (i * step)].CompareTo(x.Values[from + (best * step)]);
                if (order > 0 || (order == 0 && last))
                    best = i;
            }

            result.Values[to] = best;
        }

        return call.Attributes.Integer("keepdims", 1) != 0
            ? result
            : result.Reshaped([.. shape.Where((_, d) => d != axis)]);
    }

    // Where the lines along an axis begin, in a tensor and in one with another size of that axis.
    private static IEnumerable<(int From, int To)> Lines(int[] shape, int axis, int otherSize)
    {
        var (outer, inner) = (Tensor.CountOf(shape.AsSpan(0, axis)), Tensor.CountOf(shape.AsSpan(axis + 1)));
        for (var o = 0; inner > 0 && o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
                yield return ((o * shape[axis] * inner) + i, (o * otherSize * inner) + i);
        }
    }

    private static Tensor NonZero(NodeCall call)
    {
        var x = call[0];
        var strides = StridedWalk.Strides(x.Shape);
        var count = x.Values.Count(v => v != 0);
        var result = call.New([x.Rank, count], ElementType.Int64);
        for (int i = 0, to = 0; i < x.Count; i++)
        {
            if (x.Values[i] == 0)
                continue;
            for (var d = 0; d < x.Rank; d++)
                result.Values[(d * count) + to] = i / strides[d] % x.Shape[d];
            to++;
        }

        return result;
    }
}
