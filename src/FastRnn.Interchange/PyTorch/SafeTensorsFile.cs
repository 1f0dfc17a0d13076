using System.Runtime.InteropServices;
using FastRnn.Files;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>The tensors of a safetensors file. TorchSharp.PyBridge's are read too: their data are not aligned, as their headers are not
/// padded.</summary>
internal static class SafeTensorsFile
{
    private const int LongestHeader = 100_000_000;

    /// <summary>Whether a file begins as one: a length that it can hold, and an object of JSON.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8
            && MemoryMarshal.Read<ulong>(bytes) is >= 2 and <= LongestHeader
            && bytes[8] == (byte)'{';

    /// <summary>Reads all tensors.</summary>
    /// <exception cref="ForeignFileException">It is damaged.</exception>
    public static StateDict Read(string path)
    {
        try
        {
            using var reader = SafeTensorsReader.Open(path);
            FileTensor[] tensors = [.. reader.Tensors.Select(entry => Tensor(path, reader, entry))];
            var format = reader.Metadata.TryGetValue("format", out var writer) ? $" (format '{writer}')" : "";
            return new StateDict($"safetensors{format}", tensors, KeepsOrder: false);
        }
        catch (ModelFileException e)
        {
            throw new ForeignFileException(e.Message, e);
        }
    }

    private static FileTensor Tensor(string path, SafeTensorsReader reader, TensorEntry entry)
    {
        var type = Type(path, entry);
        if (entry.End - entry.Begin > Array.MaxLength)
            throw new ForeignFileException($"{path}: tensor '{entry.Name}': {entry.End - entry.Begin} bytes are more than an array holds");
        var bytes = new byte[entry.End - entry.Begin];
        switch (type.Size())
        {
            case 1: reader.Read<byte>(entry, 0, bytes); break;
            case 2: reader.Read<ushort>(entry, 0, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan())); break;
            case 4: reader.Read<uint>(entry, 0, MemoryMarshal.Cast<byte, uint>(bytes.AsSpan())); break;
            default: reader.Read<ulong>(entry, 0, MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan())); break;
        }

        return new FileTensor(entry.Name, type, entry.Shape, bytes);
    }

    private static ElementType Type(string path, TensorEntry entry) => entry.Type switch
    {
        TensorType.BOOL => ElementType.Boolean,
        TensorType.U8 => ElementType.UInt8,
        TensorType.I8 => ElementType.Int8,
        TensorType.U16 => ElementType.UInt16,
        TensorType.I16 => ElementType.Int16,
        TensorType.U32 => ElementType.UInt32,
        TensorType.I32 => ElementType.Int32,
        TensorType.U64 => ElementType.UInt64,
        TensorType.I64 => ElementType.Int64,
        TensorType.F16 => ElementType.Float16,
        TensorType.BF16 => ElementType.BFloat16,
        TensorType.F32 => ElementType.Float32,
        TensorType.F64 => ElementType.Float64,
        var other => throw new ForeignFileException($"{path}: tensor '{entry.Name}': numbers of the type {other} are not read"),
    };
}
