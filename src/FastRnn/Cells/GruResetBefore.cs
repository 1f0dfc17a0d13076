using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The gated recurrent unit as first published (Cho et al. 2014): the reset gate acts on the state before the product, so that a
/// step has two products, one after the other. ONNX calls it <c>linear_before_reset = 0</c>. <see cref="Gru"/> resets after the product,
/// is PyTorch's, and faster.</summary>
[Cell]
public sealed partial class GruResetBefore
{
    private readonly Mat<Hidden, Input> Wr, Wz, Wn;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ur, Uz, Un;
    private readonly Vec<Hidden> br, bz, bn;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var r = Sigmoid(Wr * x + Ur * h + br);
        var z = Sigmoid(Wz * x + Uz * h + bz);
        var n = Tanh(Wn * x + Un * (r * h) + bn);

        h = (1 - z) * n + z * h;
        return h;
    }
}
