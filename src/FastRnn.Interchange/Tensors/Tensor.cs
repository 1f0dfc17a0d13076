namespace FastRnn.Interchange.Tensors;

/// <summary>A tensor that is computed with: doubles, row-major. Integers and truth values are doubles too (exact up to 2^53). One of a file
/// stays as it is in the file until somebody asks for all of its <see cref="Values"/>; products and rows do not.</summary>
internal sealed class Tensor
{
    private readonly Storage storage;

    /// <summary>Wraps numbers.</summary>
    public Tensor(int[] shape, double[] values, ElementType type = ElementType.Float32)
        : this(shape, new Storage(null) { Values = values }, type)
    {
    }

    /// <summary>Zeros.</summary>
    public Tensor(int[] shape, ElementType type = ElementType.Float32)
        : this(shape, new double[CountOf(shape)], type)
    {
    }

    private Tensor(int[] shape, Storage storage, ElementType type)
    {
        Count = CountOf(shape);
        var given = storage.File?.Count ?? storage.Values!.Length;
        if (Count != given)
            throw new ArgumentException($"expected {Count} numbers for [{string.Join(", ", shape)}], got {given}", nameof(shape));
        (Shape, Type, this.storage) = (shape, type, storage);
    }

    private Tensor(int[] shape) =>
        (Shape, Type, storage, Count) = (shape, ElementType.Float32, new Storage(null) { Values = [] }, CountOf(shape));

    public int[] Shape { get; }

    /// <summary>The numbers, which may be changed.</summary>
    public double[] Values => storage.Values ??= Convert(storage.File!);

    /// <summary>What the file says that it holds: rules differ for integers (division), not for the widths of floating numbers.</summary>
    public ElementType Type { get; }

    public int Rank => Shape.Length;

    public int Count { get; }

    /// <summary>The same object for all tensors that have the same numbers in memory.</summary>
    public object Identity => storage;

    /// <summary>The shape for messages: <c>[4, 3]</c>.</summary>
    public string ShapeText() => $"[{string.Join(", ", Shape)}]";

    /// <summary>A file's tensor.</summary>
    public static Tensor Of(FileTensor tensor) => new([.. tensor.Shape.Select(s => checked((int)s))], new Storage(tensor), tensor.Type);

    /// <summary>The same numbers in another shape.</summary>
    public Tensor Reshaped(int[] shape) => new(shape, storage, Type);

    /// <summary>The sum of the products of a vector and as many numbers, from one on.</summary>
    public double Dot(int first, ReadOnlySpan<double> x) =>
        storage.Values is { } values ? Products.Dot(values.AsSpan(first, x.Length), x) : storage.File!.Dot(first, x);

    /// <summary>Adds a multiple of numbers, from one on, to as many sums.</summary>
    public void AddMultiple(int first, double factor, Span<double> sums)
    {
        if (storage.Values is { } values)
            Products.AddMultiple(values.AsSpan(first, sums.Length), factor, sums);
        else
            storage.File!.AddMultiple(first, factor, sums);
    }

    /// <summary>Copies numbers, from one on.</summary>
    public void CopyTo(int first, Span<double> target)
    {
        if (storage.Values is { } values)
            values.AsSpan(first, target.Length).CopyTo(target);
        else
            storage.File!.CopyTo(first, target);
    }

    /// <summary>A shape without numbers, where the shape alone is asked.</summary>
    public static Tensor OfShape(int[] shape) => new(shape);

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

    private static double[] Convert(FileTensor file)
    {
        var values = new double[file.Count];
        file.CopyTo(0, values);
        return values;
    }

    private sealed class Storage(FileTensor? file)
    {
        public FileTensor? File => file;

        public double[]? Values { get; set; }
    }
}
