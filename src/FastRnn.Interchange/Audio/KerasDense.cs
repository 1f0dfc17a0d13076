using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>A dense layer.</summary>
/// <param name="Name">Its type and place.</param>
/// <param name="Kernel"><c>[I, O]</c>.</param>
/// <param name="Bias"><c>[O]</c>, or null.</param>
internal sealed record KerasDense(string Name, FileTensor Kernel, FileTensor? Bias) : KerasLayer(Name, (int)Kernel.Shape[1])
{
    /// <inheritdoc/>
    public override IEnumerable<(FileTensor Tensor, string Role)> Tensors =>
        Bias is null ? [(Kernel, "kernel")] : [(Kernel, "kernel"), (Bias, "bias")];
}
