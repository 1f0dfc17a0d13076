using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that repeat elements, surround them or turn their order.</summary>
internal static class RepeatOperators
{
    // Where an element outside of a dimension comes from; -1 for the constant. "wrap" is there since opset 19.
    private static readonly Dictionary<string, Func<long, int, long>> Modes = new(StringComparer.Ordinal)
    {
        ["constant"] = (i, size) => i >= 0 && i < size ? i : -1,
        ["edge"] = (i, size) => Math.Clamp(i, 0, size - 1),
        ["wrap"] = (i, size) => ((i % size) + size) % size,
        ["reflect"] = (i, size) =>
        {
            var period = Math.Max(1, 2L * (size - 1));
            var at = ((i % period) + period) % period;
            return at < size ? at : period - at;
        },
    };

    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Expand", 2, 2, Expand),
        Operator.One("Tile", 2, 2, Tile),
        Operator.One("Pad", 1, 4, Pad, "pads", "value", "mode"),
        Operator.One("ReverseSequence", 2, 2, ReverseSequence, "batch_axis", "time_axis"),
    ];

    private static Tensor Expand(NodeCall call)
    {
        var x = call[0];
        var shape = Broadcasting.Common(call, x.Shape, [.. call.Integers(1).Select(call.Size)]);
        return StridedWalk.Copy(x, 0, Broadcasting.Strides(x.Shape, shape), call.New(shape, x.Type));
    }

    private static Tensor Tile(NodeCall call)
    {
        var x = call[0];
        var repeats = call.Integers(1);
        if (repeats.Length != x.Rank)
            throw call.Wrong($"expected {x.Rank} numbers of repeats, got {repeats.Length}");
        int[] shape = [.. x.Shape.Select((s, d) => call.Size((long)s * call.Size(repeats[d])))];
        return Pick(call, x, shape, (i, d) => i % x.Shape[d], 0);
    }

    private static Tensor Pad(NodeCall call)
    {
        var x = call[0];
        var pads = call.Integers("pads", 1, inputSince: 11) ?? throw call.Wrong("there are no pads");
        var value = call.Opset < 11 ? call.Attributes.Number("value", 0) : call.Find(2) is null ? 0 : call.Scalar(2);
        var name = call.Attributes.Text("mode", "constant");
        var mode = Modes.GetValueOrDefault(name) ?? throw call.Wrong($"mode '{name}' is not known");
        var axes = call.Find(3) is null ? [.. Enumerable.Range(0, x.Rank)] : call.Axes(call.Integers(3), x.Rank);
        if (pads.Length != 2 * axes.Length)
            throw call.Wrong($"expected {2 * axes.Length} pads, got {pads.Length}");

        var before = new long[x.Rank];
        int[] shape = [.. x.Shape];
        for (var i = 0; i < axes.Length; i++)
        {
            var (first, last) = (pads[i], pads[i + axes.Length]);
            if (Math.Max(Math.Abs(first >> 1), Math.Abs(last >> 1)) > Array.MaxLength)
                throw call.Wrong($"pads of {first} and {last}");
            before[axes[i]] = first;
            shape[axes[i]] = call.Size(x.Shape[axes[i]] + first + last);
        }

        if (name != "constant" && x.Count == 0)
            throw call.Wrong($"mode '{name}' needs elements, got {x.ShapeText()}");
        return Pick(call, x, shape, (i, d) => mode(i - before[d], x.Shape[d]), value);
    }

    // Each element of the result is one of x, found dimension by dimension, or a constant.
    private static Tensor Pick(NodeCall call, Tensor x, int[] shape, Func<int, int, long> source, double otherwise)
    {
        var strides = StridedWalk.Strides(x.Shape);
        var result = call.New(shape, x.Type);
        call.Spend((long)result.Count * shape.Length);
        var index = new int[shape.Length];
        for (var i = 0; i < result.Count; i++)
        {
            long at = 0;
            for (var d = 0; d < shape.Length && at >= 0; d++)
                at = source(index[d], d) is >= 0 and var from ? at + (from * strides[d]) : -1;
            result.Values[i] = at >= 0 ? x.Values[at] : otherwise;
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return result;
    }

    private static Tensor ReverseSequence(NodeCall call)
    {
        var x = call[0];
        var lengths = call.Integers(1);
        var (batch, time) = (call.Attributes.Integer("batch_axis", 1), call.Attributes.Integer("time_axis", 0));
        if (x.Rank < 2 || (batch, time) is not ((0, 1) or (1, 0)))
            throw call.Wrong($"expected batch and time to be axes 0 and 1, got {batch} and {time} of {x.ShapeText()}");
        if (lengths.Length != x.Shape[batch] || lengths.Any(n => n < 0 || n > x.Shape[time]))
            throw call.Wrong($"lengths {NodeCall.ListText(lengths)} do not fit to {x.ShapeText()}");

        var strides = StridedWalk.Strides(x.Shape);
        var inner = strides[1];
        var result = call.New(x.Shape, x.Type);
        for (var b = 0; x.Count > 0 && b < x.Shape[batch]; b++)
        {
            for (var t = 0; t < x.Shape[time]; t++)
            {
                var from = t < lengths[b] ? (int)lengths[b] - 1 - t : t;
                var first = b * strides[batch];
                Array.Copy(x.Values, first + (from * strides[time]), result.Values, first + (t * strides[time]), inner);
            }
        }

        return result;
    }
}
