using System.Runtime.InteropServices;

using FastRnn.Files;

namespace FastRnn.Interchange.Tensors;

/// <summary>Tensors of safetensors files.</summary>
internal static class SafeTensorsInput
{
    private static readonly Dictionary<TensorType, ElementType> Types = new()
    {
        [TensorType.BOOL] = ElementType.Boolean,
        [TensorType.U8] = ElementType.UInt8,
        [TensorType.I8] = ElementType.Int8,
        [TensorType.I16] = ElementType.Int16,
        [TensorType.U16] = ElementType.UInt16,
        [TensorType.F16] = ElementType.Float16,
        [TensorType.BF16] = ElementType.BFloat16,
        [TensorType.I32] = ElementType.Int32,
        [TensorType.U32] = ElementType.UInt32,
        [TensorType.F32] = ElementType.Float32,
        [TensorType.F64] = ElementType.Float64,
        [TensorType.I64] = ElementType.Int64,
        [TensorType.U64] = ElementType.UInt64,
    };

    /// <summary>Reads a whole tensor.</summary>
    /// <param name="file">An open file, whose header was checked.</param>
    /// <param name="entry">One of its tensors.</param>
    /// <exception cref="ForeignFileException">Its type is none that is known here.</exception>
    public static FileTensor Read(SafeTensorsReader file, TensorEntry entry)
    {
        if (!Types.TryGetValue(entry.Type, out var type))
        {
            throw new ForeignFileException(
                $"{file.Path}: tensor '{entry.Name}': expected {string.Join(", ", Types.Keys)}, got {entry.Type}");
        }

        if (entry.End - entry.Begin > Array.MaxLength)
            throw new ForeignFileException($"{file.Path}: tensor '{entry.Name}': more bytes than an array can hold");
        var bytes = new byte[entry.End - entry.Begin];
        switch (type.Size())
        {
            case 1:
                file.Read<byte>(entry, 0, bytes);
                break;
            case 2:
                file.Read<ushort>(entry, 0, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
                break;
            case 4:
                file.Read<uint>(entry, 0, MemoryMarshal.Cast<byte, uint>(bytes.AsSpan()));
                break;
            default:
                file.Read<ulong>(entry, 0, MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan()));
                break;
        }

        return new FileTensor(entry.Name, type, entry.Shape, bytes);
    }
}
