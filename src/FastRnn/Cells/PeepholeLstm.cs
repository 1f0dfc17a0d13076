using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>Long short-term memory with peepholes (Gers and Schmidhuber, "Recurrent Nets that Time and Count", 2000): the gates see the
/// cell state through a weight for each unit; the output gate sees the new one. ONNX's <c>LSTM</c> with the input <c>P</c>.</summary>
[Cell]
public sealed partial class PeepholeLstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ui, Uf, Ug, Uo;
    private readonly Vec<Hidden> pi, pf, po;

    private readonly Vec<Hidden> bi;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bg, bo;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <param name="c">The cell state.</param>
    /// <returns>The new states.</returns>
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
