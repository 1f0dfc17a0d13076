using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Cells;

/// <summary>How rows are written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<CellRow>))]
internal sealed partial class CellsJson : JsonSerializerContext;
