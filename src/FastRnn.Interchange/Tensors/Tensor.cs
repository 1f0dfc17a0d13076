namespace FastRnn.Interchange.Tensors;

/// <summary>A tensor that is computed with: doubles, row-major. Integers and truth values are doubles too (exact up to 2^53).</summary>
internal sealed class Tensor
{
    /// <summary>Wraps numbers.</summary>
    public Tensor(int[] shape, double[] values, ElementType type = ElementType.Float32)
    {
        var count = CountOf(shape);
        if (count != values.Length)
            throw new ArgumentException($"expected {count} numbers for [{string.Join(", ", shape)}], got {values.Length}", nameof(values));
        (Shape, Values, Type) = (shape, values, type);
    }

    /// <summary>Zeros.</summary>
    public Tensor(int[] shape, ElementType type = ElementType.Float32)
        : this(shape, new double[CountOf(shape)], type)
    {
    }

    public int[] Shape { get; }

    public double[] Values { get; }

    /// <summary>What the file says that it holds: rules differ for integers (division), not for the widths of floating numbers.</summary>
    public ElementType Type { get; }

    public int Rank => Shape.Length;

    public int Count => Values.Length;

    /// <summary>The shape for messages: <c>[4, 3]</c>.</summary>
    public string ShapeText() => $"[{string.Join(", ", Shape)}]";

    /// <summary>A file's tensor, converted.</summary>
    public static Tensor Of(FileTensor tensor)
    {
        var values = new double[tensor.Count];
        if (tensor.Singles is { Length: > 0 } singles)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = singles[i];
        }
        else
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = tensor[i];
        }

        return new Tensor([.. tensor.Shape.Select(s => checked((int)s))], values, tensor.Type);
    }

    /// <summary>Number of elements of a shape.</summary>
    /// <exception cref="ForeignFileException">They are more than an array can hold, or a size is negative.</exception>
    public static int CountOf(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > Array.MaxLength / size))
                throw new ForeignFileException($"a tensor of [{string.Join(", ", shape.ToArray())}] cannot be");
            count *= size;
        }

        return (int)count;
    }
}
