using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>A function of each number, or a softmax over the numbers of a step.</summary>
/// <param name="Name">Its type and place.</param>
/// <param name="OutputSize">How many numbers.</param>
/// <param name="Function">tanh, relu, sigmoid, elu (alpha 1) or softmax.</param>
internal sealed record KerasActivation(string Name, int OutputSize, string Function) : KerasLayer(Name, OutputSize)
{
    /// <inheritdoc/>
    public override IEnumerable<(FileTensor Tensor, string Role)> Tensors => [];
}
