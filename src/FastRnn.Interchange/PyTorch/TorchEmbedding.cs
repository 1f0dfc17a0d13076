using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary><c>nn.Embedding</c>.</summary>
/// <param name="Name">Its prefix.</param>
/// <param name="Weight">The table <c>[Vocabulary, Size]</c>.</param>
internal sealed record TorchEmbedding(string Name, FileTensor Weight) : TorchModule(Name, 0, (int)Weight.Shape[1])
{
    /// <inheritdoc/>
    public override string Describe() => $"{Title} (embedding of {Weight.Shape[0]} tokens -> {OutputSize})";
}
