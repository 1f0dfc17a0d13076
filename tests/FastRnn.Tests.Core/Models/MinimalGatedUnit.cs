using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>A cell as a user invents it, after the minimal gated unit (Zhou et al. 2016): the candidate has no bias, a vector of
/// its own scales it, and the gate acts on the state before the product, which makes two phases.</summary>
[Cell]
internal sealed partial class MinimalGatedUnit
{
    private readonly Mat<Hidden, Input> Wf, Wn;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Uf, Un;
    private readonly Vec<Hidden> bf;
    [Initialize(Initializer.Constant, 0.9)] private readonly Vec<Hidden> a;

    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var f = Sigmoid(Wf * x + Uf * h + bf);
        var n = Tanh(Wn * x + Un * (f * h));

        h = h + f * (a * n - h);
        return h;
    }
}
