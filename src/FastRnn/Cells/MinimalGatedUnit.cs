using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>The minimal gated unit (Zhou, Wu, Zhang and Zhou 2016): a single gate, which resets and updates. Two thirds of the weights of a
/// <see cref="Gru"/>. The gate's bias starts at 1, so that a new cell takes in much of its input.</summary>
[Cell]
public sealed partial class MinimalGatedUnit
{
    private readonly Mat<Hidden, Input> Wf, Wn;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Uf, Un;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bn;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <returns>The new hidden state.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var f = Sigmoid(Wf * x + Uf * h + bf);
        var n = Tanh(Wn * x + Un * (f * h) + bn);

        h = (1 - f) * h + f * n;
        return h;
    }
}
