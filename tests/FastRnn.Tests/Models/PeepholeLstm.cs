using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>A long short-term memory whose gates see the cell state through vectors (Gers and Schmidhuber 2000).</summary>
[Cell]
internal sealed partial class PeepholeLstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    private readonly Mat<Hidden, Hidden> Ui, Uf, Ug, Uo;
    private readonly Vec<Hidden> pi, pf, po;
    private readonly Vec<Hidden> bi, bf, bg, bo;

    public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
    {
        var i = Sigmoid(Wi * x + Ui * h + pi * c + bi);
        var f = Sigmoid(Wf * x + Uf * h + pf * c + bf);
        var g = Tanh(Wg * x + Ug * h + bg);

        c = f * c + i * g;
        var o = Sigmoid(Wo * x + Uo * h + po * c + bo);
        h = o * Tanh(c);
        return (h, c);
    }
}
