using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Running;

/// <summary>Where the elements of a port's tensor lie: sizes and strides by meaning, in whatever order the file has its
/// dimensions.</summary>
internal sealed class PortAxes
{
    private readonly Dictionary<Axis, (int Size, int Stride)> axes = [];

    private PortAxes(int[] shape) => Shape = shape;

    /// <summary>The file's shape.</summary>
    public int[] Shape { get; }

    /// <summary>A tensor that came in.</summary>
    /// <exception cref="ForeignFileException">Its rank or a size of 1 does not fit.</exception>
    public static PortAxes Of(string name, IReadOnlyList<Axis> order, Tensor tensor)
    {
        if (tensor.Rank != order.Count)
            throw new ForeignFileException($"'{name}': expected [{string.Join(", ", order)}], got the shape {tensor.ShapeText()}");
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == Axis.One && tensor.Shape[i] != 1)
                throw new ForeignFileException($"'{name}': dimension {i} has to be 1, got the shape {tensor.ShapeText()}");
        }

        return Of(order, tensor.Shape);
    }

    /// <summary>A tensor that goes out.</summary>
    public static PortAxes Of(IReadOnlyList<Axis> order, Func<Axis, int> size) => Of(order, [.. order.Select(size)]);

    /// <summary>The size along an axis; 1 if there is none.</summary>
    public int Size(Axis axis) => axes.TryGetValue(axis, out var found) ? found.Size : 1;

    /// <summary>The place of an element.</summary>
    public int Index(int batch = 0, int time = 0, int feature = 0, int slice = 0) =>
        (batch * Stride(Axis.Batch)) + (time * Stride(Axis.Time)) + (feature * Stride(Axis.Feature)) + (slice * Stride(Axis.Slice));

    private static PortAxes Of(IReadOnlyList<Axis> order, int[] shape)
    {
        var result = new PortAxes(shape);
        var stride = 1;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (order[i] != Axis.One)
                result.axes[order[i]] = (shape[i], stride);
            stride *= shape[i];
        }

        return result;
    }

    private int Stride(Axis axis) => axes.TryGetValue(axis, out var found) ? found.Stride : 0;
}
