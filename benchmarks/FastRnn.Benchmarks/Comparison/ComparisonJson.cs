using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>How rows are written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ComparisonRow>))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
