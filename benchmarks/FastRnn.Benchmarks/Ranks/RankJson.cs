using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>The lines of ranks, and of PyTorch's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RankMeasure))]
internal sealed partial class RankJson : JsonSerializerContext;
