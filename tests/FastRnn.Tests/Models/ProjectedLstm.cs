using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>The size of what a <see cref="ProjectedLstm"/> carries on instead of its units.</summary>
internal abstract class Projection : IDimension;

/// <summary>A long short-term memory whose output is a projection of its units (Sak, Senior and Beaufays 2014).</summary>
[Cell]
internal sealed partial class ProjectedLstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    private readonly Mat<Hidden, Projection> Ui, Uf, Ug, Uo;
    private readonly Vec<Hidden> bi;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bg, bo;
    private readonly Mat<Projection, Hidden> P;

    public (Vec<Projection> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Projection> h, Vec<Hidden> c)
    {
        var i = Sigmoid(Wi * x + Ui * h + bi);
        var f = Sigmoid(Wf * x + Uf * h + bf);
        var g = Tanh(Wg * x + Ug * h + bg);
        var o = Sigmoid(Wo * x + Uo * h + bo);

        c = f * c + i * g;
        h = P * (o * Tanh(c));
        return (h, c);
    }
}
