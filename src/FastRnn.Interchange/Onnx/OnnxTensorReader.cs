using System.Buffers.Binary;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using Google.Protobuf.Collections;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Onnx;

/// <summary>Reads tensors: bytes that lie in the message or beside the file stay as they are; lists of numbers become bytes.</summary>
/// <param name="path">The file, beside which external data lies.</param>
internal sealed class OnnxTensorReader(string path)
{
    /// <summary>The largest number of dimensions, here and in operators: without a bound, walks over dimensions of 1 would take
    /// forever.</summary>
    public const int MostDimensions = 32;

    private static readonly Dictionary<DataType, ElementType> Types = new()
    {
        [DataType.Float] = ElementType.Float32,
        [DataType.Uint8] = ElementType.UInt8,
        [DataType.Int8] = ElementType.Int8,
        [DataType.Uint16] = ElementType.UInt16,
        [DataType.Int16] = ElementType.Int16,
        [DataType.Int32] = ElementType.Int32,
        [DataType.Int64] = ElementType.Int64,
        [DataType.Bool] = ElementType.Boolean,
        [DataType.Float16] = ElementType.Float16,
        [DataType.Double] = ElementType.Float64,
        [DataType.Uint32] = ElementType.UInt32,
        [DataType.Uint64] = ElementType.UInt64,
        [DataType.Bfloat16] = ElementType.BFloat16,
    };

    private readonly OnnxExternalData external = new(path);

    /// <summary>The type of a number of ONNX's <c>DataType</c>; null for strings, complex numbers and types of less than a byte.</summary>
    public static ElementType? TypeOf(long type) =>
        type is > 0 and < 100 && Types.TryGetValue((DataType)type, out var found) ? found : null;

    /// <summary>For messages: <c>String</c>, or the number where it has no name here.</summary>
    public static string TypeText(long type) =>
        type is >= 0 and < 100 && Enum.IsDefined((DataType)type) ? ((DataType)type).ToString() : $"data type {type}";

    /// <summary>Reads a tensor that stands alone in a file, as ONNX keeps inputs and outputs of tests.</summary>
    public static FileTensor ReadFile(string path)
    {
        var bytes = FileDoor.ReadAll(path);
        OnnxScan.CheckTensor(path, bytes);
        return new OnnxTensorReader(path).Read(path, OnnxReader.Parse(path, TensorProto.Parser, bytes));
    }

    /// <summary>Reads a tensor of a type that is known.</summary>
    /// <param name="place">For messages: <c>initializer 'W'</c>.</param>
    /// <param name="tensor">The message.</param>
    /// <exception cref="ForeignFileException">Its parts contradict each other.</exception>
    public FileTensor Read(string place, TensorProto tensor)
    {
        var type = TypeOf(tensor.DataType) ?? throw new ForeignFileException($"{place}: {TypeText(tensor.DataType)} is not read");
        if (tensor.Dims.Count > MostDimensions)
            throw new ForeignFileException($"{place}: expected at most {MostDimensions} dimensions, got {tensor.Dims.Count}");
        long[] shape = [.. tensor.Dims];
        var count = CountOf(place, shape);

        var listed = tensor.FloatData.Count + (long)tensor.Int32Data.Count + tensor.Int64Data.Count + tensor.DoubleData.Count
            + tensor.Uint64Data.Count;
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            if (listed > 0 || tensor.RawData.Length > 0)
                throw new ForeignFileException($"{place}: its numbers stand in the file and in another one");
            return new FileTensor(tensor.Name, type, shape, external.Read(place, tensor, count * type.Size()));
        }

        if (tensor.RawData.Length > 0 && listed > 0)
            throw new ForeignFileException($"{place}: its numbers stand in the file twice");
        if (tensor.RawData.Length > 0 || count == 0)
        {
            if (tensor.RawData.Length + listed != count * type.Size())
                throw new ForeignFileException($"{place}: expected {count * type.Size()} bytes, got {tensor.RawData.Length}");
            return new FileTensor(tensor.Name, type, shape, tensor.RawData.Memory);
        }

        return new FileTensor(tensor.Name, type, shape, Bytes(place, tensor, type, count, listed));
    }

    private static long CountOf(string place, long[] shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > int.MaxValue / size))
                throw new ForeignFileException($"{place}: a tensor of [{string.Join(", ", shape)}] cannot be");
            count *= size;
        }

        return count;
    }

    // Which list holds which types: the comments of TensorProto in ONNX's onnx.proto3.
    private static byte[] Bytes(string place, TensorProto tensor, ElementType type, long count, long listed) => type switch
    {
        ElementType.Float32 => Bytes(place, tensor.FloatData, 4, count, listed, (v, b) => Write(b, BitConverter.SingleToInt32Bits(v))),
        ElementType.Float64 => Bytes(place, tensor.DoubleData, 8, count, listed, (v, b) => Write(b, BitConverter.DoubleToInt64Bits(v))),
        ElementType.Int64 => Bytes(place, tensor.Int64Data, 8, count, listed, (v, b) => Write(b, v)),
        ElementType.UInt64 => Bytes(place, tensor.Uint64Data, 8, count, listed, (v, b) => Write(b, unchecked((long)v))),
        ElementType.UInt32 => Bytes(place, tensor.Uint64Data, 4, count, listed, (v, b) => v <= uint.MaxValue && Write(b, (long)v)),
        ElementType.Int32 => Bytes(place, tensor.Int32Data, 4, count, listed, (v, b) => Write(b, v)),
        ElementType.Int16 => Bytes(place, tensor.Int32Data, 2, count, listed, (v, b) => v == (short)v && Write(b, v)),
        ElementType.Int8 => Bytes(place, tensor.Int32Data, 1, count, listed, (v, b) => v == (sbyte)v && Write(b, v)),
        ElementType.UInt8 => Bytes(place, tensor.Int32Data, 1, count, listed, (v, b) => v == (byte)v && Write(b, v)),
        ElementType.Boolean => Bytes(place, tensor.Int32Data, 1, count, listed, (v, b) => v is 0 or 1 && Write(b, v)),
        _ => Bytes(place, tensor.Int32Data, 2, count, listed, (v, b) => v == (ushort)v && Write(b, v)),
    };

    private static byte[] Bytes<T>(
        string place, RepeatedField<T> list, int size, long count, long listed, Func<T, Memory<byte>, bool> write)
    {
        if (list.Count != count || listed != count)
            throw new ForeignFileException($"{place}: expected {count} numbers in the list of its type, got {list.Count} of {listed}");
        var bytes = new byte[count * size];
        for (var i = 0; i < list.Count; i++)
        {
            if (!write(list[i], bytes.AsMemory(i * size, size)))
                throw new ForeignFileException($"{place}: number {i} is {list[i]}, which its type cannot hold");
        }

        return bytes;
    }

    private static bool Write(Memory<byte> bytes, long value)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        word[..bytes.Length].CopyTo(bytes.Span);
        return true;
    }
}
