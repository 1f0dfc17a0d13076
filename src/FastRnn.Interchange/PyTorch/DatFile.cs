using System.Text;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>A file of TorchSharp's <c>Module.save</c> (0.9x to 0.107): the number of tensors; for each its name (7-bit length, UTF-8), its
/// type and its sizes, then its elements, little-endian. Counts are LEB128. There is no signature and no alignment.</summary>
internal sealed class DatFile
{
    private const int MostTensors = 100_000;
    private const int LongestName = 4096;
    private const int HighestRank = 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string path;
    private readonly ReadOnlyMemory<byte> bytes;
    private int position;

    private DatFile(string path, ReadOnlyMemory<byte> bytes) => (this.path, this.bytes) = (path, bytes);

    /// <summary>Reads all tensors.</summary>
    /// <exception cref="ForeignFileException">It is no such file, or it is damaged.</exception>
    public static StateDict Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var file = new DatFile(path, bytes);
        var count = file.Number("the number of tensors", MostTensors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<FileTensor>();
        for (var i = 0; i < count; i++)
        {
            var tensor = file.Tensor();
            if (!names.Add(tensor.Name))
                throw file.Wrong($"there are two tensors '{tensor.Name}'");
            tensors.Add(tensor);
        }

        if (file.position != bytes.Length)
            throw file.Wrong($"expected the file to end behind {count} tensors, got {bytes.Length - file.position} bytes more");
        return new StateDict("TorchSharp .dat (Module.save)", tensors, KeepsOrder: true);
    }

    private FileTensor Tensor()
    {
        var name = Name();
        var type = Type(name);
        var shape = new long[Number($"tensor '{name}', its rank", HighestRank)];
        long elements = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = Number($"tensor '{name}', size {i}", int.MaxValue);
            elements = Math.Min(elements * shape[i], int.MaxValue);
        }

        var length = elements * type.Size();
        var left = bytes.Length - position;
        if (length > left)
            throw Wrong($"tensor '{name}' [{string.Join(", ", shape)}] of {type}: expected {length} bytes, got {left}: it is cut off");
        var tensor = new FileTensor(name, type, shape, bytes.Slice(position, (int)length));
        position += (int)length;
        return tensor;
    }

    private string Name()
    {
        var length = (int)Number("the length of a name", LongestName);
        if (length > bytes.Length - position)
            throw Wrong($"expected a name of {length} bytes, got {bytes.Length - position}: it is cut off");
        try
        {
            var name = Utf8.GetString(bytes.Span.Slice(position, length));
            position += length;
            return name;
        }
        catch (DecoderFallbackException e)
        {
            throw Wrong("a name is not valid UTF-8", e);
        }
    }

    // torch::ScalarType.
    private ElementType Type(string name) => Number($"tensor '{name}', its type", 255) switch
    {
        0 => ElementType.UInt8,
        1 => ElementType.Int8,
        2 => ElementType.Int16,
        3 => ElementType.Int32,
        4 => ElementType.Int64,
        5 => ElementType.Float16,
        6 => ElementType.Float32,
        7 => ElementType.Float64,
        11 => ElementType.Boolean,
        15 => ElementType.BFloat16,
        var other => throw Wrong($"tensor '{name}': the type {other} of libtorch is not known"),
    };

    private long Number(string what, long most)
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (position == bytes.Length)
                throw Wrong($"expected {what}, got the end of the file");
            var part = bytes.Span[position++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value <= (ulong)most ? (long)value : throw Wrong($"{what}: expected at most {most}, got {value}");
        }

        throw Wrong($"{what}: expected a number of at most 9 bytes");
    }

    private ForeignFileException Wrong(string what, Exception? cause = null) => new($"{path}, byte {position}: {what}", cause);
}
