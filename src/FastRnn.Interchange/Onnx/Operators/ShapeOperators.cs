using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that change or tell a shape and leave the numbers where they are.</summary>
internal static class ShapeOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Identity", 1, 1, call => call[0]),
        Operator.One("Reshape", 2, 2, Reshape, "allowzero"),
        Operator.One("Squeeze", 1, 2, Squeeze, "axes"),
        Operator.One("Unsqueeze", 1, 2, Unsqueeze, "axes"),
        Operator.One("Flatten", 1, 1, Flatten, "axis"),
        Operator.One("Shape", 1, 1, Shape, "start", "end"),
        Operator.One("Size", 1, 1, call => call.New([], [Tensor.CountOf(call[0].Shape)], ElementType.Int64)),
        Operator.Several("Dropout", 1, 3, Dropout, "ratio", "seed"),
    ];

    private static Tensor Reshape(NodeCall call)
    {
        var x = call[0];
        var wanted = call.Integers(1);
        var zeroIsZero = call.Attributes.Integer("allowzero", 0) != 0;
        var shape = new int[wanted.Length];
        var free = -1;
        long known = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            if (wanted[d] == -1 && free >= 0)
                throw call.Wrong("a shape with two dimensions of -1");
            if (wanted[d] == -1)
            {
                free = d;
                continue;
            }

            if (wanted[d] == 0 && !zeroIsZero && d >= x.Rank)
                throw call.Wrong($"dimension {d} is kept, which {x.ShapeText()} does not have");
            shape[d] = wanted[d] == 0 && !zeroIsZero ? x.Shape[d] : call.Size(wanted[d]);
            known = Math.Min(known, int.MaxValue) * shape[d];
        }

        if (free >= 0)
            shape[free] = known > 0 ? (int)(x.Count / known) : throw call.Wrong("a shape with dimensions of -1 and of no elements");
        return known <= x.Count && Tensor.CountOf(shape) == x.Count
            ? x.Reshaped(shape)
            : throw call.Wrong($"{x.ShapeText()} cannot become {NodeCall.ListText(wanted)}");
    }

    private static Tensor Squeeze(NodeCall call)
    {
        var x = call[0];
        var axes = call.Integers("axes", 1, inputSince: 13) is { } given
            ? call.Axes(given, x.Rank)
            : [.. Enumerable.Range(0, x.Rank).Where(d => x.Shape[d] == 1)];
        if (axes.Any(a => x.Shape[a] != 1))
            throw call.Wrong($"expected dimensions of 1, got {x.ShapeText()} and axes [{string.Join(", ", axes)}]");
        return x.Reshaped([.. x.Shape.Where((_, d) => !axes.Contains(d))]);
    }

    private static Tensor Unsqueeze(NodeCall call)
    {
        var x = call[0];
        var given = call.Integers("axes", 1, inputSince: 13) ?? throw call.Wrong("there are no axes");
        if (given.Length > OnnxTensorReader.MostDimensions)
            throw call.Wrong($"expected at most {OnnxTensorReader.MostDimensions} axes, got {given.Length}");
        var axes = call.Axes(given, x.Rank + given.Length);
        var shape = x.Shape.ToList();
        foreach (var axis in axes.Order())
            shape.Insert(axis, 1);
        return x.Reshaped([.. shape]);
    }

    private static Tensor Flatten(NodeCall call)
    {
        var x = call[0];
        var axis = call.Attributes.Integer("axis", 1);
        var at = axis == x.Rank ? x.Rank : call.Axis(axis, x.Rank);
        return x.Reshaped([Tensor.CountOf(x.Shape.AsSpan(0, at)), Tensor.CountOf(x.Shape.AsSpan(at))]);
    }

    // start and end since opset 15: they count from the end where negative, and are cut to what there is.
    private static Tensor Shape(NodeCall call)
    {
        var x = call[0];
        var (start, end) = (Place("start", 0), Place("end", x.Rank));
        double[] sizes = start < end ? [.. x.Shape[start..end]] : [];
        return call.New([sizes.Length], sizes, ElementType.Int64);

        int Place(string name, long otherwise)
        {
            var at = call.Attributes.Integer(name, otherwise);
            return (int)Math.Clamp(at < 0 ? at + x.Rank : at, 0, x.Rank);
        }
    }

    // In inference it passes everything. The mask is of x's type before opset 10.
    private static Tensor?[] Dropout(NodeCall call)
    {
        var x = call[0];
        if (call.Find(2) is not null && call.Scalar(2) != 0)
            throw call.Wrong("it is in training mode, where its result is random");
        if (!call.Wants(1))
            return [x, null];
        var mask = call.New(x.Shape, call.Opset < 10 ? x.Type : ElementType.Boolean);
        Array.Fill(mask.Values, 1);
        return [x, mask];
    }
}
