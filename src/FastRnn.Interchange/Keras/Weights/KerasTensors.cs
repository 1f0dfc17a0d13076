using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>The weights of one layer, their shapes checked against its options.</summary>
/// <param name="Kernel"><c>[I, G U]</c> with G gates side by side; of an Embedding its table <c>[vocabulary, size]</c>.</param>
/// <param name="Recurrent"><c>[U, G U]</c>; null if the layer is not recurrent.</param>
/// <param name="Bias"><c>[G U]</c>, of a GRU with <c>reset_after</c> <c>[2, 3 U]</c>; null if there is none.</param>
internal sealed record KerasTensors(FileTensor Kernel, FileTensor? Recurrent, FileTensor? Bias)
{
    /// <summary>Length of what the layer reads; an Embedding's vocabulary.</summary>
    public int InputSize => (int)Kernel.Shape[0];
}
