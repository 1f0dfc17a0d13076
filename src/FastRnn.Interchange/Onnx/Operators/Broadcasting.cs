using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>ONNX's broadcasting (since opset 7 that of numpy): shapes are aligned at their ends, and dimensions of 1 are
/// repeated.</summary>
internal static class Broadcasting
{
    /// <summary>The shape to which two shapes are repeated.</summary>
    public static int[] Common(NodeCall call, int[] left, int[] right)
    {
        var shape = new int[Math.Max(left.Length, right.Length)];
        for (var d = 1; d <= shape.Length; d++)
        {
            var a = d <= left.Length ? left[^d] : 1;
            var b = d <= right.Length ? right[^d] : 1;
            if (a != b && a != 1 && b != 1)
                throw call.Wrong($"[{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not fit together");
            shape[^d] = a == 1 ? b : a;
        }

        return shape;
    }

    /// <summary>A tensor repeated to a shape; itself if it has that shape already.</summary>
    public static Tensor To(NodeCall call, Tensor tensor, int[] shape)
    {
        if (tensor.Shape.AsSpan().SequenceEqual(shape))
            return tensor;
        if (!Common(call, tensor.Shape, shape).AsSpan().SequenceEqual(shape))
            throw call.Wrong($"{tensor.ShapeText()} cannot become [{string.Join(", ", shape)}]");
        return StridedWalk.Copy(tensor, 0, Strides(tensor.Shape, shape), call.New(shape, tensor.Type));
    }

    /// <summary>Distances with which a tensor is read as if it had a larger shape.</summary>
    public static int[] Strides(int[] from, int[] to)
    {
        var strides = new int[to.Length];
        var own = StridedWalk.Strides(from);
        for (var d = 1; d <= from.Length; d++)
            strides[^d] = from[^d] == 1 ? 0 : own[^d];
        return strides;
    }

    /// <summary>A function of two tensors, element by element.</summary>
    public static Tensor Apply(NodeCall call, Tensor left, Tensor right, ElementType type, Func<double, double, double> function)
    {
        var shape = Common(call, left.Shape, right.Shape);
        var (a, b) = (To(call, left, shape).Values, To(call, right, shape).Values);
        var result = call.New(shape, type);
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = Numbers.Wrap(function(a[i], b[i]), type);
        return result;
    }
}
