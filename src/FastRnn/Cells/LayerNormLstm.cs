using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>Long short-term memory with layer normalisation (Ba, Kiros and Hinton, "Layer Normalization", 2016, equations 20 to 22): what
/// the input says to the four gates, what the state says to them, and the cell state before its tanh are each brought to mean 0 and
/// variance 1, then scaled by learned gains. The paper's three biases of the gates are one, which they amount to.</summary>
/// <remarks>The statistics of the gates are those of one vector of all four, as in the paper: its mean is a quarter of the mean of their
/// sum.</remarks>
[Cell]
public sealed partial class LayerNormLstm
{
    private readonly Mat<Hidden, Input> Wi, Wf, Wg, Wo;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ui, Uf, Ug, Uo;

    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> gainXi, gainXf, gainXg, gainXo;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> gainHi, gainHf, gainHg, gainHo;
    private readonly Vec<Hidden> bi;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> bf;
    private readonly Vec<Hidden> bg, bo;
    [Initialize(Initializer.Constant, 1)] private readonly Vec<Hidden> gainC;
    private readonly Vec<Hidden> bc;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <param name="c">The cell state.</param>
    /// <returns>The new states.</returns>
    public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
    {
        const double Epsilon = 1e-5;
        var xi = Wi * x;
        var xf = Wf * x;
        var xg = Wg * x;
        var xo = Wo * x;
        var meanX = Mean(xi + xf + xg + xo) / 4;
        var varianceX = Mean(Square(xi - meanX) + Square(xf - meanX) + Square(xg - meanX) + Square(xo - meanX)) / 4;
        var scaleX = 1 / Sqrt(varianceX + Epsilon);

        var hi = Ui * h;
        var hf = Uf * h;
        var hg = Ug * h;
        var ho = Uo * h;
        var meanH = Mean(hi + hf + hg + ho) / 4;
        var varianceH = Mean(Square(hi - meanH) + Square(hf - meanH) + Square(hg - meanH) + Square(ho - meanH)) / 4;
        var scaleH = 1 / Sqrt(varianceH + Epsilon);

        var i = Sigmoid(gainXi * (xi - meanX) * scaleX + gainHi * (hi - meanH) * scaleH + bi);
        var f = Sigmoid(gainXf * (xf - meanX) * scaleX + gainHf * (hf - meanH) * scaleH + bf);
        var g = Tanh(gainXg * (xg - meanX) * scaleX + gainHg * (hg - meanH) * scaleH + bg);
        var o = Sigmoid(gainXo * (xo - meanX) * scaleX + gainHo * (ho - meanH) * scaleH + bo);

        c = f * c + i * g;
        h = o * Tanh(gainC * LayerNorm(c) + bc);
        return (h, c);
    }
}
