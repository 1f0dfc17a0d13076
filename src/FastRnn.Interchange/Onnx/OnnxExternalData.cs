using System.Globalization;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Onnx;

/// <summary>The files beside a model that hold its large tensors. Each part is read once, however many tensors name it, and the parts of a
/// file may not be more than the file: a few names shall not fill the memory.</summary>
/// <param name="path">The model's file.</param>
internal sealed class OnnxExternalData(string path)
{
    private readonly Dictionary<(string File, long Offset, long Length), ReadOnlyMemory<byte>> parts = [];
    private readonly Dictionary<string, long> lengths = new(StringComparer.Ordinal);

    /// <summary>The bytes of a tensor.</summary>
    /// <param name="place">The tensor, for messages.</param>
    /// <param name="tensor">Names its file as ONNX does: <c>location</c>, and where it is not the whole file <c>offset</c> and
    /// <c>length</c>.</param>
    /// <param name="expected">Bytes by its shape and type.</param>
    public ReadOnlyMemory<byte> Read(string place, TensorProto tensor, long expected)
    {
        string? location = null;
        long offset = 0;
        long? length = null;
        foreach (var entry in tensor.ExternalData)
        {
            if (entry.Key == "location")
                location = entry.Value;
            else if (entry.Key == "offset")
                offset = Number(place, entry);
            else if (entry.Key == "length")
                length = Number(place, entry);
            else if (entry.Key is not ("checksum" or "basepath"))
                throw new ForeignFileException($"{place}: external data: '{entry.Key}' is not known");
        }

        if (location is null)
            throw new ForeignFileException($"{place}: external data: expected a location, got none");

        var file = Find(place, location);
        using var stream = FileDoor.Open(file);
        length ??= Math.Max(0, stream.Length - offset);
        if (length != expected)
            throw new ForeignFileException($"{place}: external data in '{location}': expected {expected} bytes, got {length}");
        if (offset > stream.Length || length > stream.Length - offset)
        {
            throw new ForeignFileException(
                $"{place}: external data: '{location}' has {stream.Length} bytes, not {length} from {offset} on");
        }

        if (parts.TryGetValue((file, offset, length.Value), out var known))
            return known;

        lengths[file] = lengths.GetValueOrDefault(file) + length.Value;
        if (lengths[file] > stream.Length)
            throw new ForeignFileException($"{place}: external data: its part of '{location}' overlaps those of other tensors");
        return parts[(file, offset, length.Value)] = Read(file, stream, offset, (int)length.Value);
    }

    private string Find(string place, string location)
    {
        try
        {
            return FileDoor.Beside(path, location);
        }
        catch (ForeignFileException e)
        {
            throw new ForeignFileException($"{place}: external data: {e.Message}", e);
        }
    }

    private static byte[] Read(string file, FileStream stream, long offset, int length)
    {
        try
        {
            var bytes = GC.AllocateUninitializedArray<byte>(length);
            stream.Position = offset;
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException e)
        {
            throw new ForeignFileException($"{file}: cannot be read: {e.Message}", e);
        }
    }

    private static long Number(string place, StringStringEntryProto entry) =>
        long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ForeignFileException($"{place}: external data: {entry.Key}: expected a number, got '{entry.Value}'");
}
