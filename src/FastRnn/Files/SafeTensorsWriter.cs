using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace FastRnn.Files;

/// <summary>Writes the safetensors format: the header's length in 8 bytes, the header in JSON, the numbers. Among the metadata stands a
/// checksum of header and numbers (<c>fastrnn.checksum</c>), which <see cref="SafeTensorsReader"/> checks.</summary>
public static class SafeTensorsWriter
{
    /// <summary>The name in a header that is no tensor's.</summary>
    internal const string MetadataName = "__metadata__";

    /// <summary>Writes tensors, one after the other, without gaps.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="tensors">The tensors, names all different.</param>
    /// <param name="metadata">Texts to store beside them.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved (a tensor <c>__metadata__</c>, a text <c>fastrnn.</c> and
    /// something that no part of FastRnn writes), or the header would exceed 100 MB.</exception>
    public static void Write(
        Stream stream, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        CheckNames(tensors);
        var texts = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);

        // What was read from a checkpoint may be given back as it is.
        texts.Remove(MetadataKeys.Replaced);
        if (MetadataKeys.FindUnknown(texts.Keys) is { } unknown)
            throw new ArgumentException($"metadata '{unknown}': names that begin with 'fastrnn.' are reserved", nameof(metadata));

        var header = new ArrayBufferWriter<byte>();
        texts[SafeTensorsChecksum.MetadataKey] = SafeTensorsChecksum.Nothing;
        WriteHeader(header, tensors, texts);
        // Spaces make the numbers begin at a multiple of 8 bytes, so that others can map the file into memory.
        var padding = -header.WrittenCount & 7;
        header.GetSpan(8)[..padding].Fill((byte)' ');
        header.Advance(padding);
        if (header.WrittenCount > SafeTensorsReader.MaxHeaderBytes)
        {
            throw new ArgumentException(
                $"the header would have {header.WrittenCount} bytes, at most {SafeTensorsReader.MaxHeaderBytes} are allowed",
                nameof(tensors));
        }

        var all = header.WrittenSpan.ToArray();
        SafeTensorsChecksum.Fill(all, tensors);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, all.Length);
        stream.Write(length);
        stream.Write(all);
        foreach (var tensor in tensors)
            tensor.WriteTo(stream);
    }

    private static void CheckNames(IReadOnlyList<TensorData> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataName };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"the name '{tensor.Name}' is taken", nameof(tensors));
        }
    }

    private static void WriteHeader(
        ArrayBufferWriter<byte> header, IReadOnlyList<TensorData> tensors, Dictionary<string, string> metadata)
    {
        using var json = new Utf8JsonWriter(header);
        json.WriteStartObject();
        json.WriteStartObject(MetadataName);

        // Sorted, so that the same model gives the same file.
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();

        var begin = 0L;
        foreach (var tensor in tensors)
        {
            var end = checked(begin + tensor.Bytes);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
