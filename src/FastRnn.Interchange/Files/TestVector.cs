using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Files;

/// <summary>Inputs with the outputs that the file's own tool had for them, which some files carry.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Inputs">By the file's names.</param>
/// <param name="Outputs">By the file's names.</param>
internal sealed record TestVector(string Name, IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Outputs);
