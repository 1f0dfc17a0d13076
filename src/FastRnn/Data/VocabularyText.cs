using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastRnn.Data;

/// <summary>A vocabulary as one line of JSON, as it is saved with a model:
/// <c>{"version":1,"kind":"char","special":3,"entries":["a","b"]}</c>.</summary>
internal static class VocabularyText
{
    public const string Label = "label";
    public const string Char = "char";
    public const string Byte = "byte";
    public const string Word = "word";

    private const int Version = 1;

    public static string Write(Vocabulary vocabulary)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("kind", vocabulary.Kind);
            json.WriteNumber("special", (int)vocabulary.Special);
            if (vocabulary is WordVocabulary words)
                json.WriteBoolean("lowerCase", words.LowerCase);
            if (vocabulary is not ByteLevelVocabulary)
            {
                json.WriteStartArray("entries");
                for (var i = 0; i < vocabulary.EntryCount; i++)
                    json.WriteStringValue(vocabulary.EntryName(i));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Vocabulary Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"no vocabulary: {e.Message}", e);
        }
    }

    private static Vocabulary Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException($"no vocabulary: expected an object, got {root.ValueKind}");

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new FormatException($"no vocabulary: '{property.Name}' stands there twice");
        }

        var version = Whole(root, "version");
        if (version != Version)
            throw new FormatException($"expected a vocabulary of version {Version}, got version {version}");

        var kind = Get(root, "kind", JsonValueKind.String).GetString();
        var special = (SpecialTokens)Whole(root, "special");
        return kind switch
        {
            Label => new LabelVocabulary(Entries(root), special),
            Char => Characters(Entries(root), special),
            Byte => new ByteLevelVocabulary(special),
            Word => WordVocabulary.Of(Entries(root), special, Flag(root, "lowerCase")),
            _ => throw new FormatException($"expected a vocabulary of kind '{Label}', '{Char}', '{Byte}' or '{Word}', got '{kind}'"),
        };
    }

    /// <summary>One character each, in the order that the vocabulary itself gives them: anything else was not written by it.</summary>
    private static CharVocabulary Characters(string[] entries, SpecialTokens special)
    {
        var vocabulary = new CharVocabulary(string.Concat(entries), special);
        for (var i = 0; i < entries.Length; i++)
        {
            if (i >= vocabulary.EntryCount || entries[i] != vocabulary.EntryName(i))
                throw new FormatException($"entries[{i}]: expected single characters, all different, in the order of their code points");
        }

        return vocabulary;
    }

    private static string[] Entries(JsonElement root)
    {
        var array = Get(root, "entries", JsonValueKind.Array);
        var count = array.GetArrayLength();
        if (count is 0 or > Vocabulary.MaxEntries)
            throw new FormatException($"entries: expected 1 to {Vocabulary.MaxEntries}, got {count}");

        var entries = new string[count];
        var i = 0;
        foreach (var entry in array.EnumerateArray())
        {
            entries[i] = entry.ValueKind == JsonValueKind.String && entry.GetString() is { Length: > 0 } name
                ? name
                : throw new FormatException(
                    $"entries[{i}]: expected a text that is not empty, got "
                        + $"{(entry.ValueKind == JsonValueKind.String ? "an empty one" : entry.ValueKind)}");
            i++;
        }

        return entries;
    }

    private static int Whole(JsonElement root, string name) => Get(root, name, JsonValueKind.Number).TryGetInt32(out var number)
        ? number
        : throw new FormatException($"{name}: expected a whole number");

    private static bool Flag(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw new FormatException($"{name}: expected true or false");

    private static JsonElement Get(JsonElement root, string name, JsonValueKind kind) => !root.TryGetProperty(name, out var value)
        ? throw new FormatException($"{name} is missing")
        : value.ValueKind == kind
            ? value
            : throw new FormatException($"{name}: expected {kind}, got {value.ValueKind}");
}
