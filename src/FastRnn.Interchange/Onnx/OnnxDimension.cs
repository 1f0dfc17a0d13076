namespace FastRnn.Interchange.Onnx;

/// <summary>A dimension of an input or output: a number, a name, or nothing that is known.</summary>
/// <param name="Size">Its size, where the file fixes it.</param>
/// <param name="Symbol">Its name, the same wherever the size is the same.</param>
internal sealed record OnnxDimension(long? Size, string? Symbol);
