using System.Runtime.InteropServices;

namespace FastRnn.Files;

/// <summary>A tensor to be written: its name, its shape and its numbers, which are not copied.</summary>
public sealed class TensorData
{
    private readonly Action<Stream> write;

    /// <summary>A tensor whose numbers are made or gathered while they are written.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="count">How many numbers it has.</param>
    /// <param name="write">Writes them all, by <see cref="Write"/>.</param>
    internal TensorData(string name, TensorType type, long[] shape, int count, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        Name = name;
        Type = type;
        Shape = shape.Length == 0 ? [count] : [.. shape];
        this.write = write;
        if (Shape.Any(d => d < 0) || Shape.Aggregate((UInt128)1, (product, d) => checked(product * (ulong)d)) != (UInt128)count)
            throw new ArgumentException($"tensor '{name}': expected {TensorEntry.Format(Shape)} numbers, got {count}", nameof(shape));
    }

    /// <summary>A tensor of single precision.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its numbers, row-major.</param>
    /// <param name="shape">Its shape; empty for a vector as long as <paramref name="values"/>.</param>
    /// <exception cref="ArgumentException">The shape does not fit the numbers.</exception>
    public TensorData(string name, ReadOnlyMemory<float> values, params long[] shape)
        : this(name, TensorType.F32, shape, values.Length, stream => Write(stream, values.Span))
    {
    }

    /// <summary>A tensor of double precision.</summary>
    /// <inheritdoc cref="TensorData(string, ReadOnlyMemory{float}, long[])"/>
    public TensorData(string name, ReadOnlyMemory<double> values, params long[] shape)
        : this(name, TensorType.F64, shape, values.Length, stream => Write(stream, values.Span))
    {
    }

    /// <summary>A tensor of signed integers.</summary>
    /// <inheritdoc cref="TensorData(string, ReadOnlyMemory{float}, long[])"/>
    public TensorData(string name, ReadOnlyMemory<long> values, params long[] shape)
        : this(name, TensorType.I64, shape, values.Length, stream => Write(stream, values.Span))
    {
    }

    /// <summary>A tensor of unsigned integers.</summary>
    /// <inheritdoc cref="TensorData(string, ReadOnlyMemory{float}, long[])"/>
    public TensorData(string name, ReadOnlyMemory<ulong> values, params long[] shape)
        : this(name, TensorType.U64, shape, values.Length, stream => Write(stream, values.Span))
    {
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public TensorType Type { get; }

    /// <summary>Its shape, row-major.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Its length in a file.</summary>
    internal long Bytes => Shape.Aggregate(1L, (product, d) => product * d) * Type.Size();

    /// <summary>Writes the numbers, little-endian as every CPU that FastRnn has kernels for.</summary>
    internal void WriteTo(Stream stream) => write(stream);

    /// <summary>Writes numbers as they are.</summary>
    internal static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : struct
    {
        // In pieces, because a span of bytes ends at 2 GB.
        const int Piece = 1 << 20;
        for (; values.Length > Piece; values = values[Piece..])
            stream.Write(MemoryMarshal.AsBytes(values[..Piece]));

        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
