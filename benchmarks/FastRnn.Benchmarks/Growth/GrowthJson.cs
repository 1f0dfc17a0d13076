using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Growth;

/// <summary>How series are written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<GrowthSeries>))]
internal sealed partial class GrowthJson : JsonSerializerContext;
