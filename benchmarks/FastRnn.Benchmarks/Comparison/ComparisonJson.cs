using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>How rows are written, without reflection.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(IReadOnlyList<ComparisonRow>))]
internal sealed partial class ComparisonJson : JsonSerializerContext
{
    // No page of a browser: an arrow may be an arrow.
    private static readonly ComparisonJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Text(IReadOnlyList<ComparisonRow> rows) =>
        JsonSerializer.Serialize(rows, Readable.IReadOnlyListComparisonRow) + "\n";
}
