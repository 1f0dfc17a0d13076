using System.Text.Json.Serialization;

namespace FastRnn.Tables.Preparing;

/// <summary>What is written and read as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PreparationText))]
internal sealed partial class PreparationJson : JsonSerializerContext;
