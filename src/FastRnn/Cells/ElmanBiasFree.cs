using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The simple recurrent network (Elman 1990) without a bias: <c>torch.nn.RNN(bias=False)</c>. There is no bias of zeros: none is
/// stored, read or learned.</summary>
[Cell]
[StoredTensor("weight_ih", "W")]
[StoredTensor("weight_hh", "U")]
public sealed partial class ElmanBiasFree
{
    private readonly Mat<Hidden, Input> W;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> U;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        h = Tanh(W * x + U * h);
        return h;
    }
}
