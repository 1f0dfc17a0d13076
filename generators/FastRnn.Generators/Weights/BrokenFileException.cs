namespace FastRnn.Generators.Weights;

/// <summary>A file is no safetensors file.</summary>
internal sealed class BrokenFileException(string message) : Exception(message);
