using System.Globalization;
using System.Text;

namespace FastRnn.Generators.Weights;

/// <summary>A safetensors file from an untrusted source: eight bytes that say how long the header is, the header, and the numbers. Made
/// only if all of it is as it must be, by the rules of the runtime's <c>SafeTensorsReader</c>.</summary>
internal sealed class SafeTensors
{
    private const int LengthBytes = 8;

    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["BOOL"] = 1,
        ["U8"] = 1,
        ["I8"] = 1,
        ["F8_E5M2"] = 1,
        ["F8_E4M3"] = 1,
        ["I16"] = 2,
        ["U16"] = 2,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I32"] = 4,
        ["U32"] = 4,
        ["F32"] = 4,
        ["F64"] = 8,
        ["I64"] = 8,
        ["U64"] = 8,
    };

    private readonly Dictionary<string, TensorEntry> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<TensorEntry> tensors = [];

    private SafeTensors(byte[] bytes)
    {
        if (bytes.Length < LengthBytes)
        {
            throw new BrokenFileException($"expected at least 8 bytes, got {Text(bytes.Length)}");
        }

        var length = BitConverter.ToUInt64(bytes, 0);
        if (length > (ulong)(bytes.Length - LengthBytes))
        {
            throw new BrokenFileException(
                $"the header: expected at most {Text(bytes.Length - LengthBytes)} bytes, "
                    + $"got a length of {length.ToString(CultureInfo.InvariantCulture)}");
        }

        DataBegin = LengthBytes + (int)length;
        ReadHeader(Decode(bytes, (int)length));
        CheckLayout(bytes.Length - DataBegin);
        if (MetadataKeys.FindUnknown(metadata.Keys) is { } unknown)
        {
            throw new BrokenFileException($"metadata '{unknown}' is unknown: the file is damaged, or of a later version of FastRnn");
        }

        if (metadata.TryGetValue(Checksum.MetadataKey, out var checksum))
        {
            Checksum.Check(bytes, LengthBytes, (int)length, checksum);
        }
    }

    /// <summary>In the order of the header.</summary>
    public IReadOnlyList<TensorEntry> Tensors => tensors;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Where the numbers begin.</summary>
    public int DataBegin { get; }

    /// <exception cref="BrokenFileException">The file is no such file.</exception>
    public static SafeTensors Parse(byte[] bytes) => new(bytes);

    public TensorEntry? Find(string name) => byName.TryGetValue(name, out var tensor) ? tensor : null;

    private static string Decode(byte[] bytes, int length)
    {
        if (length == 0 || bytes[LengthBytes] != '{')
        {
            throw new BrokenFileException("the header: expected a JSON object that begins with '{' at once");
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, LengthBytes, length);
        }
        catch (ArgumentException)
        {
            throw new BrokenFileException("the header is not valid UTF-8");
        }
    }

    private void ReadHeader(string header)
    {
        var json = new JsonText(header);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in json.Names("the header"))
        {
            if (!names.Add(name))
            {
                throw new BrokenFileException($"the header has two entries '{name}'");
            }

            if (name == "__metadata__")
            {
                ReadMetadata(json);
            }
            else
            {
                var tensor = ReadTensor(json, name);
                tensors.Add(tensor);
                byName.Add(name, tensor);
            }
        }

        json.End();
    }

    private void ReadMetadata(JsonText json)
    {
        foreach (var key in json.Names("the metadata"))
        {
            if (metadata.ContainsKey(key))
            {
                throw new BrokenFileException($"the metadata has two entries '{key}'");
            }

            metadata.Add(key, json.String($"metadata '{key}'"));
        }
    }

    private static TensorEntry ReadTensor(JsonText json, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        foreach (var key in json.Names($"tensor '{name}'"))
        {
            var where = $"tensor '{name}', {key}";
            switch (key)
            {
                case "dtype" when type is null:
                    type = json.String(where);
                    break;
                case "shape" when shape is null:
                    shape = json.Numbers(where);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = json.Numbers(where);
                    break;
                default:
                    throw new BrokenFileException($"tensor '{name}': expected dtype, shape and data_offsets, each once, got '{key}'");
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 })
        {
            throw new BrokenFileException($"tensor '{name}': expected dtype, shape and two data_offsets");
        }

        return Sizes.ContainsKey(type)
            ? new TensorEntry(name, type, new(shape), offsets[0], offsets[1])
            : throw new BrokenFileException($"tensor '{name}': expected one of {string.Join(", ", Sizes.Keys)}, got '{type}'");
    }

    /// <summary>Each tensor has the bytes that its shape asks for, and together they cover the data: no byte twice, none left.</summary>
    private void CheckLayout(long dataBytes)
    {
        var end = 0L;
        foreach (var tensor in tensors.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (tensor.Begin != end)
            {
                throw new BrokenFileException(
                    $"tensor '{tensor.Name}': expected to begin at byte {Text(end)} of the data, got {Text(tensor.Begin)}");
            }

            if (tensor.End < tensor.Begin || tensor.End > dataBytes)
            {
                throw new BrokenFileException(
                    $"tensor '{tensor.Name}': expected to end from byte {Text(tensor.Begin)} to {Text(dataBytes)} of the data, "
                        + $"got {Text(tensor.End)}");
            }

            if (Bytes(tensor) != tensor.End - tensor.Begin)
            {
                throw new BrokenFileException(
                    $"tensor '{tensor.Name}': {tensor.Type} {TensorEntry.Format(tensor.Shape)} "
                        + $"does not take the {Text(tensor.End - tensor.Begin)} bytes that data_offsets span");
            }

            end = tensor.End;
        }

        if (end != dataBytes)
        {
            throw new BrokenFileException($"expected the file to end after {Text(end)} bytes of data, got {Text(dataBytes)}");
        }
    }

    private static decimal Bytes(TensorEntry tensor)
    {
        try
        {
            return tensor.Shape.Aggregate((decimal)Sizes[tensor.Type], (product, size) => product * size);
        }
        catch (OverflowException)
        {
            return -1;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
