using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FastRnn.Interchange.Tensors;

/// <summary>A tensor as a file holds it: little-endian bytes, row-major, converted only where it is read, so that a large file is in memory
/// once. Whoever makes one has checked the file.</summary>
internal sealed class FileTensor
{
    /// <summary>Wraps checked bytes.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its shape, row-major; empty for a single number.</param>
    /// <param name="data">Its elements, little-endian.</param>
    /// <exception cref="ForeignFileException">The shape and the number of bytes do not fit.</exception>
    public FileTensor(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        (Name, Type, Shape, Data) = (name, type, shape, data);
        long count = 1;
        foreach (var size in shape)
        {
            if (size is < 0 or > int.MaxValue || (size > 0 && count > int.MaxValue / size))
                throw new ForeignFileException($"tensor '{name}' {this.ShapeText()}: more elements than a tensor may have");
            count *= size;
        }

        Count = (int)count;
        if ((long)Count * type.Size() != data.Length)
        {
            throw new ForeignFileException(
                $"tensor '{name}' {this.ShapeText()}: expected {(long)Count * type.Size()} bytes of {type}, got {data.Length}");
        }
    }

    public string Name { get; }

    public ElementType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The shape for messages: <c>[4, 3]</c>.</summary>
    public string ShapeText() => $"[{string.Join(", ", Shape)}]";

    /// <summary>The elements as they are, where they are in single precision; otherwise nothing.</summary>
    public ReadOnlySpan<float> Singles =>
        Type == ElementType.Float32 && BitConverter.IsLittleEndian ? MemoryMarshal.Cast<byte, float>(Data.Span) : [];

    /// <summary>An element as a double; integers of more than 53 bits are rounded.</summary>
    public double this[int index]
    {
        get
        {
            var bytes = Data.Span.Slice(index * Type.Size(), Type.Size());
            return Type switch
            {
                ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                ElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
                ElementType.Int8 => (sbyte)bytes[0],
                ElementType.UInt8 or ElementType.Boolean => bytes[0],
                ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                _ => throw new InvalidOperationException($"no such type: {Type}"),
            };
        }
    }

    /// <summary>The sum of all elements in double, for the certificate.</summary>
    public double Sum()
    {
        double sum = 0;
        if (Singles is { Length: > 0 } singles)
        {
            foreach (var value in singles)
                sum += value;
            return sum;
        }

        for (var i = 0; i < Count; i++)
            sum += this[i];
        return sum;
    }
}
