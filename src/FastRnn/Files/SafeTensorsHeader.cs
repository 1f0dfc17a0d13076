using System.Text.Json;
using System.Text.Unicode;

namespace FastRnn.Files;

/// <summary>Reads the JSON header of a safetensors file from an untrusted source. What it takes from memory is proportional
/// to the header's own length.</summary>
internal ref struct SafeTensorsHeader
{
    private readonly string path;
    private readonly List<TensorEntry> tensors = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader json;

    private SafeTensorsHeader(string path, ReadOnlySpan<byte> header)
    {
        this.path = path;
        json = new Utf8JsonReader(header);
    }

    /// <summary>The tensors in the order of the header, their offsets still unchecked, and the metadata.</summary>
    /// <exception cref="ModelFileException">It is not a header.</exception>
    public static (List<TensorEntry> Tensors, Dictionary<string, string> Metadata) Parse(string path, ReadOnlySpan<byte> header)
    {
        if (!Utf8.IsValid(header))
            throw new ModelFileException(path, "the header is not valid UTF-8");

        if (header.IsEmpty || header[0] != (byte)'{')
        {
            throw new ModelFileException(
                path,
                $"the header: expected a JSON object that begins with '{{' at once, "
                    + $"got {(header.IsEmpty ? "nothing" : $"byte 0x{header[0]:x2}")}");
        }

        var parser = new SafeTensorsHeader(path, header);
        try
        {
            parser.ParseAll();
        }
        catch (JsonException e)
        {
            throw new ModelFileException(path, $"the header is not valid JSON: {e.Message}", e);
        }

        return (parser.tensors, parser.metadata);
    }

    private void ParseAll()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.Read();
        while (NextName("the header", out var name))
        {
            if (!names.Add(name))
                throw Wrong($"the header has two entries '{name}'");

            Expect(JsonTokenType.StartObject, $"entry '{name}'");
            if (name == SafeTensorsWriter.MetadataName)
                ParseMetadata();
            else
                ParseTensor(name);
        }

        // Finds what stands behind the object.
        json.Read();
    }

    private void ParseMetadata()
    {
        while (NextName("the metadata", out var key))
        {
            Expect(JsonTokenType.String, $"metadata '{key}'");
            if (!metadata.TryAdd(key, Text($"metadata '{key}'")))
                throw Wrong($"the metadata has two entries '{key}'");
        }
    }

    private void ParseTensor(string name)
    {
        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextName($"tensor '{name}'", out var key))
        {
            var where = $"tensor '{name}', {key}";
            if (key switch { "dtype" => type.HasValue, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false })
                throw Wrong($"{where}: stands there twice");

            switch (key)
            {
                case "dtype":
                    Expect(JsonTokenType.String, where);
                    var text = Text(where);
                    type = TensorTypes.TryParse(text, out var known)
                        ? known
                        : throw Wrong($"{where}: expected one of {TensorTypes.Names}, got '{text}'");
                    break;
                case "shape":
                    shape = Numbers(where);
                    break;
                case "data_offsets":
                    offsets = Numbers(where);
                    if (offsets.Count != 2)
                        throw Wrong($"{where}: expected 2 numbers, got {offsets.Count}");
                    break;
                default:
                    throw Wrong($"tensor '{name}': expected dtype, shape and data_offsets, got '{key}'");
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Wrong($"tensor '{name}': {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")} is missing");

        tensors.Add(new TensorEntry(name, type.Value, shape, offsets[0], offsets[1]));
    }

    private bool NextName(string where, out string name)
    {
        json.Read();
        var more = json.TokenType != JsonTokenType.EndObject;
        name = more ? Text(where) : "";
        return more;
    }

    private List<long> Numbers(string where)
    {
        var numbers = new List<long>();
        Expect(JsonTokenType.StartArray, where);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || json.ValueSpan[0] == (byte)'-' || !json.TryGetInt64(out var number))
                throw Wrong($"{where}: expected whole numbers from 0 to {long.MaxValue}, got {Token()}");

            numbers.Add(number);
        }

        return numbers;
    }

    private void Expect(JsonTokenType type, string where)
    {
        json.Read();
        if (json.TokenType != type)
            throw Wrong($"{where}: expected {Describe(type)}, got {Token()}");
    }

    private readonly string Text(string where)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape, is valid UTF-8 and valid JSON but no text.
            throw new ModelFileException(path, $"{where}: a string holds half of a surrogate pair", e);
        }
    }

    private readonly string Token() => json.TokenType switch
    {
        JsonTokenType.Number when json.ValueSpan.Length <= 40 => System.Text.Encoding.UTF8.GetString(json.ValueSpan),
        var type => Describe(type),
    };

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a long number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private readonly ModelFileException Wrong(string what) => new(path, what);
}
