using System.Text.Json.Serialization;

namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>How lines are written and read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PyTorchRequest))]
[JsonSerializable(typeof(PyTorchAnswer))]
internal sealed partial class PyTorchJson : JsonSerializerContext;
