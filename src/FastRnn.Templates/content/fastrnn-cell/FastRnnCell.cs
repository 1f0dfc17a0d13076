using FastRnn;
using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnnCellNamespace;

/// <summary>A cell is its equations: change them, and its kernels, forward and backward, are written anew. A model takes it by
/// <c>[Layer&lt;FastRnnCell&gt;(64)]</c>. This is the minimal gated unit (Zhou et al. 2016).</summary>
[Cell]
public sealed partial class FastRnnCell
{
    // What is learned, in the order in which it is stored.
    private readonly Mat<Hidden, Input> Wf, Wn;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Uf, Un;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bn;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The state.</param>
    /// <returns>The new state, which is the output too.</returns>
    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var f = Sigmoid(Wf * x + Uf * h + bf);
        var n = Tanh(Wn * x + Un * (f * h) + bn);
        return (1 - f) * h + f * n;
    }
}
