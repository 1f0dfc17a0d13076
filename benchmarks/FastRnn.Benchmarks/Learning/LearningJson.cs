using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Learning;

/// <summary>How a report is written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LearningReport))]
internal sealed partial class LearningJson : JsonSerializerContext;
