using System.Text.Json;
using System.Text.Unicode;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Reads JSON of an untrusted file: its length, depth and names are checked.</summary>
internal static class KerasJson
{
    /// <summary>The longest text: a declaration of a thousand layers has 2 MB.</summary>
    public const int MostBytes = 8 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The object that a text holds.</summary>
    /// <param name="name">Where it stands, for messages.</param>
    /// <param name="text">The text, UTF-8.</param>
    public static JsonElement Parse(string name, ReadOnlyMemory<byte> text)
    {
        if (text.Length > MostBytes)
            throw new ForeignFileException($"{name}: expected at most {MostBytes} bytes of JSON, got {text.Length}");
        if (!Utf8.IsValid(text.Span))
            throw new ForeignFileException($"{name}: is not valid JSON: its bytes are no UTF-8");
        try
        {
            var root = JsonDocument.Parse(text, Options).RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? root
                : throw new ForeignFileException($"{name}: expected a JSON object, got {root.ValueKind}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair in a name, written as an escape, is the other kind.
            throw new ForeignFileException($"{name}: is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>A property that is there and not null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A text; null if the element is none, or holds half of a surrogate pair.</summary>
    public static string? AsText(this JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.String } value)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
