namespace FastRnn.CompilerServices;

/// <summary>A part of a tensor of a weights file.</summary>
/// <param name="Parameter">An index into the layer's parameters.</param>
/// <param name="Folded">Whether it is written as zeros and added when read: PyTorch's second bias.</param>
public sealed record TensorPart(int Parameter, bool Folded);
