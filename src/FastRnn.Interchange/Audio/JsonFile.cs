using System.Text.Json;
using FastRnn.Interchange.Files;

namespace FastRnn.Interchange.Audio;

/// <summary>A document of JSON, its length, depth and number of values limited before anything is made of it.</summary>
internal sealed class JsonFile : IDisposable
{
    private const int MostBytes = 64 << 20;
    private const int Deepest = 64;

    // A value costs twelve bytes in memory, and numbers eight more; real files spend eight characters and more on each.
    private const int FreeValues = 1 << 20;
    private const int BytesPerValue = 5;

    private readonly JsonDocument document;

    private JsonFile(string path, JsonDocument document) => (Path, this.document) = (path, document);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The outermost value, an object.</summary>
    public JsonElement Root => document.RootElement;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ForeignFileException">It is not JSON, or no object.</exception>
    public static JsonFile Open(string path)
    {
        var bytes = FileDoor.ReadAll(path, MostBytes);
        var text = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        long values = 0;
        foreach (var one in text.Span)
        {
            if (one is (byte)',' or (byte)'[' or (byte)'{')
                values++;
        }

        if (values > FreeValues + (text.Length / BytesPerValue))
            throw new ForeignFileException($"{path}: {values} values in {text.Length} bytes: expected numbers of some digits");
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false };
            var document = JsonDocument.Parse(text, options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new JsonFile(path, document);
            var kind = document.RootElement.ValueKind;
            document.Dispose();
            throw new ForeignFileException($"{path}: expected an object of JSON, got {kind}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair in a name, written as an escape, is the other kind.
            throw new ForeignFileException($"{path}: it is not valid JSON: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();
}
