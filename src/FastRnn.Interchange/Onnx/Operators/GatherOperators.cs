using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that pick elements by their numbers.</summary>
internal static class GatherOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Gather", 2, 2, Gather, "axis"),
        Operator.One("GatherElements", 2, 2, GatherElements, "axis"),
    ];

    /// <summary>A number of an element, which counts from the end where it is negative.</summary>
    public static int Index(NodeCall call, double index, int size) => index >= -size && index < size
        ? (int)(index < 0 ? index + size : index)
        : throw call.Wrong($"index {index}: expected {-size} to {size - 1}");

    /// <summary>Checks that an input holds numbers of elements.</summary>
    public static Tensor Indices(NodeCall call, int input) => call[input].Type is ElementType.Int64 or ElementType.Int32
        ? call[input]
        : throw call.Wrong($"input {input}: expected integers, got {call[input].Type}");

    private static Tensor Gather(NodeCall call)
    {
        var (data, indices) = (call[0], Indices(call, 1));
        var axis = call.Axis(call.Attributes.Integer("axis", 0), data.Rank);
        var size = data.Shape[axis];
        int[] at = [.. indices.Values.Select(i => Index(call, i, size))];
        var result = call.New([.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]], data.Type);
        var inner = Tensor.CountOf(data.Shape.AsSpan(axis + 1));
        var to = 0;
        for (var outer = 0; result.Count > 0 && outer < data.Count / (size * inner); outer++)
        {
            foreach (var index in at)
            {
                data.CopyTo(((outer * size) + index) * inner, result.Values.AsSpan(to, inner));
                to += inner;
            }
        }

        return result;
    }

    private static Tensor GatherElements(NodeCall call)
    {
        var (data, indices) = (call[0], Indices(call, 1));
        var axis = call.Axis(call.Attributes.Integer("axis", 0), data.Rank);
        CheckInside(call, data, indices, axis);
        var strides = StridedWalk.Strides(data.Shape);
        var step = strides[axis];
        strides[axis] = 0;

        var result = call.New(indices.Shape, data.Type);
        var walk = new StridedWalk(indices.Shape, strides, 0);
        for (var i = 0; i < result.Count; i++)
        {
            result.Values[i] = data.Values[walk.Position + (Index(call, indices.Values[i], data.Shape[axis]) * step)];
            walk.Next();
        }

        return result;
    }

    /// <summary>Checks that numbers along one axis lie inside the data along all others.</summary>
    public static void CheckInside(NodeCall call, Tensor data, Tensor indices, int axis)
    {
        if (indices.Rank != data.Rank || indices.Shape.Where((s, d) => d != axis && s > data.Shape[d]).Any())
            throw call.Wrong($"indices {indices.ShapeText()} do not fit to {data.ShapeText()} along {axis}");
    }
}
