using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>How rows are written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<EmbeddedRow>))]
internal sealed partial class EmbeddedJson : JsonSerializerContext;
