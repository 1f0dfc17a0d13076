using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>An LSTM, gates i f c o, or a GRU, gates z r h, whose reset multiplies the product with the state.</summary>
/// <param name="Name">Its type and place.</param>
/// <param name="Kind">Which.</param>
/// <param name="Kernel"><c>[I, 4 H]</c> or <c>[I, 3 H]</c>.</param>
/// <param name="Recurrent"><c>[H, 4 H]</c> or <c>[H, 3 H]</c>.</param>
/// <param name="Bias"><c>[4 H]</c>; a GRU's <c>[2, 3 H]</c>: the input's, then the state's.</param>
internal sealed record KerasRecurrent(string Name, RecurrentKind Kind, FileTensor Kernel, FileTensor Recurrent, FileTensor Bias)
    : KerasLayer(Name, (int)Recurrent.Shape[0])
{
    /// <inheritdoc/>
    public override IEnumerable<(FileTensor Tensor, string Role)> Tensors =>
        [(Kernel, "kernel"), (Recurrent, "recurrent kernel"), (Bias, "bias")];
}
