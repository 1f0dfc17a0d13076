using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The gated recurrent unit (Cho et al. 2014) in the form that <c>torch.nn.GRU</c> computes: the reset gate acts after
/// the product with the state and on that product's own bias <c>cn</c>, so that all products of a step are known at once. The form that
/// resets before the product is <see cref="GruResetBefore"/>.</summary>
[Cell]
[StoredTensor("weight_ih", "Wr", "Wz", "Wn")]
[StoredTensor("weight_hh", "Ur", "Uz", "Un")]
[StoredTensor("bias_ih", "br", "bz", "bn")]
[StoredTensor("bias_hh", "+br", "+bz", "cn")]
public sealed partial class Gru
{
    private readonly Mat<Hidden, Input> Wr, Wz, Wn;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ur, Uz, Un;
    private readonly Vec<Hidden> br, bz, bn, cn;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var r = Sigmoid(Wr * x + Ur * h + br);
        var z = Sigmoid(Wz * x + Uz * h + bz);
        var n = Tanh(Wn * x + bn + r * (Un * h + cn));

        h = (1 - z) * n + z * h;
        return h;
    }
}
