using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>Long short-term memory whose output is a projection of its units (Sak, Senior and Beaufays 2014):
/// <c>torch.nn.LSTM(proj_size=...)</c>. What is carried on and multiplied is smaller than what is remembered:
/// <c>[Layer&lt;ProjectedLstm&gt;(512, 128)]</c> has 512 units and an output of 128.</summary>
[Cell]
[StoredTensor("weight_ih", "Wi", "Wf", "Wg", "Wo")]
[StoredTensor("weight_hh", "Ui", "Uf", "Ug", "Uo")]
[StoredTensor("bias_ih", "bi", "bf", "bg", "bo")]
[StoredTensor("bias_hh", "+bi", "+bf", "+bg", "+bo")]
[StoredTensor("weight_hr", "P")]
public sealed partial class ProjectedLstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Projection> Ui, Uf, Ug, Uo;

    private readonly Vec<Hidden> bi;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bg, bo;
    private readonly Mat<Projection, Hidden> P;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The projected output.</param>
    /// <param name="c">The cell state.</param>
    /// <returns>The new states.</returns>
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
