using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Before;

/// <summary>A user's cell with two states of its own, of which one is read by another matrix in the same step.</summary>
[Cell]
internal sealed partial class BeforeCell
{
    private readonly Mat<Hidden, Input> Wg, Wm;
    private readonly Mat<Hidden, Hidden> Ug, Vm;
    private readonly Vec<Hidden> bg, bm, p;

    public (Vec<Hidden> h, Vec<Hidden> m) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> m)
    {
        var g = Sigmoid(Wg * x + Ug * h + bg);
        m = g * m + (1 - g) * Tanh(Wm * x + bm);
        h = Tanh(Vm * m + p * h);
        return (h, m);
    }
}
