using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that put elements where numbers say.</summary>
internal static class ScatterOperators
{
    private static readonly Dictionary<string, Func<double, double, double>> Reductions = new(StringComparer.Ordinal)
    {
        ["none"] = (_, update) => update,
        ["add"] = (old, update) => old + update,
        ["mul"] = (old, update) => old * update,
        ["max"] = Math.Max,
        ["min"] = Math.Min,
    };

    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("ScatterElements", 3, 3, ScatterElements, "axis", "reduction"),
        Operator.One("ScatterND", 3, 3, ScatterND, "reduction"),
    ];

    private static Tensor ScatterElements(NodeCall call)
    {
        var (data, indices, updates) = (call[0], GatherOperators.Indices(call, 1), call[2]);
        var axis = call.Axis(call.Attributes.Integer("axis", 0), data.Rank);
        GatherOperators.CheckInside(call, data, indices, axis);
        if (!updates.Shape.AsSpan().SequenceEqual(indices.Shape))
            throw call.Wrong($"expected updates {indices.ShapeText()}, got {updates.ShapeText()}");

        var strides = StridedWalk.Strides(data.Shape);
        var step = strides[axis];
        strides[axis] = 0;
        var (result, reduce) = (CopyOf(call, data, updates), Reduction(call));
        var walk = new StridedWalk(indices.Shape, strides, 0);
        for (var i = 0; i < updates.Count; i++)
        {
            var at = walk.Position + (GatherOperators.Index(call, indices.Values[i], data.Shape[axis]) * step);
            result.Values[at] = Numbers.Wrap(reduce(result.Values[at], updates.Values[i]), data.Type);
            walk.Next();
        }

        return result;
    }

    // indices [.., K]: each names the first K dimensions of a block of the data; updates [.., rest of the data's dimensions].
    private static Tensor ScatterND(NodeCall call)
    {
        var (data, indices, updates) = (call[0], GatherOperators.Indices(call, 1), call[2]);
        if (indices.Rank == 0 || indices.Shape[^1] > data.Rank)
            throw call.Wrong($"indices {indices.ShapeText()} do not fit to {data.ShapeText()}");
        var depth = indices.Shape[^1];
        int[] expected = [.. indices.Shape[..^1], .. data.Shape[depth..]];
        if (!updates.Shape.AsSpan().SequenceEqual(expected))
            throw call.Wrong($"expected updates [{string.Join(", ", expected)}], got {updates.ShapeText()}");

        var strides = StridedWalk.Strides(data.Shape);
        var block = Tensor.CountOf(data.Shape.AsSpan(depth));
        var (result, reduce) = (CopyOf(call, data, updates), Reduction(call));
        for (var n = 0; block > 0 && n < updates.Count / block; n++)
        {
            var at = 0;
            for (var d = 0; d < depth; d++)
                at += GatherOperators.Index(call, indices.Values[(n * depth) + d], data.Shape[d]) * strides[d];
            for (var i = 0; i < block; i++)
                result.Values[at + i] = Numbers.Wrap(reduce(result.Values[at + i], updates.Values[(n * block) + i]), data.Type);
        }

        return result;
    }

    private static Func<double, double, double> Reduction(NodeCall call)
    {
        var name = call.Attributes.Text("reduction", "none");
        return Reductions.GetValueOrDefault(name) ?? throw call.Wrong($"reduction '{name}' is not known");
    }

    private static Tensor CopyOf(NodeCall call, Tensor data, Tensor updates)
    {
        if (!Numbers.Agree(data.Type, updates.Type))
            throw call.Wrong($"expected updates of {data.Type}, got {updates.Type}");
        call.Spend(updates.Count);
        var copy = call.New(data.Shape, data.Type);
        data.Values.CopyTo(copy.Values, 0);
        return copy;
    }
}
