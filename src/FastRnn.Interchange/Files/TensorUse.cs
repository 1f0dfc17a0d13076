using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Files;

/// <summary>A tensor's way from the file into the model.</summary>
/// <param name="Tensor">The file's tensor.</param>
/// <param name="Destination">What it became.</param>
internal sealed record TensorUse(FileTensor Tensor, string Destination);
