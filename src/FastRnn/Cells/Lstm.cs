using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997) with the forget gate of Gers, Schmidhuber and Cummins (2000):
/// <c>torch.nn.LSTM</c>. The forget gate's bias starts at 1 (Jozefowicz et al. 2015), so that a new cell remembers.</summary>
[Cell]
[StoredTensor("weight_ih", "Wi", "Wf", "Wg", "Wo")]
[StoredTensor("weight_hh", "Ui", "Uf", "Ug", "Uo")]
[StoredTensor("bias_ih", "bi", "bf", "bg", "bo")]
[StoredTensor("bias_hh", "+bi", "+bf", "+bg", "+bo")]
public sealed partial class Lstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ui, Uf, Ug, Uo;

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
        var i = Sigmoid(Wi * x + Ui * h + bi);
        var f = Sigmoid(Wf * x + Uf * h + bf);
        var g = Tanh(Wg * x + Ug * h + bg);
        var o = Sigmoid(Wo * x + Uo * h + bo);

        c = f * c + i * g;
        h = o * Tanh(c);
        return (h, c);
    }
}
