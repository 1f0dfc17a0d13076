using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary><c>nn.Linear</c>: y = W x + b.</summary>
/// <param name="Name">Its prefix.</param>
/// <param name="Weight">W <c>[O, I]</c>.</param>
/// <param name="Bias">b <c>[O]</c>, or null.</param>
internal sealed record TorchLinear(string Name, FileTensor Weight, FileTensor? Bias)
    : TorchModule(Name, (int)Weight.Shape[1], (int)Weight.Shape[0])
{
    /// <inheritdoc/>
    public override string Describe() => $"{Title} (linear {InputSize} -> {OutputSize})";
}
