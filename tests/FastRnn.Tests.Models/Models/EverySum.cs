using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>No network that anybody would train: sums along every kind of vector, of each other, as a new state, and under a
/// matrix.</summary>
[Cell]
internal sealed partial class EverySum
{
    private readonly Mat<Hidden, Input> W, V;
    private readonly Mat<Hidden, Hidden> U;
    private readonly Vec<Hidden> gain, b, p;

    public (Vec<Hidden> h, Vec<Hidden> m) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> m)
    {
        var a = W * x + U * h + b;
        var share = Exp(a) / Sum(Exp(a));
        var z = gain * LayerNorm(V * (x * Mean(x))) + 0.1 * Mean(Sum(p) * h) + p;
        var level = Tanh(Mean(h) - 0.5);
        h = Tanh(z + U * Mean(share * h) + U * level + share);
        m = level - Mean(Sum(m) + m);
        return (h, Sigmoid(Mean(m + h)));
    }
}
