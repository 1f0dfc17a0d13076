using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Cells;

/// <summary>Long short-term memory whose forget gate is what the input gate leaves (Greff, Srivastava, Koutnik, Steunebrink and
/// Schmidhuber, "LSTM: A Search Space Odyssey", 2017): three quarters of the parameters of <see cref="Lstm"/>. ONNX calls it
/// <c>input_forget = 1</c>. The gate's bias starts at -1, so that a new cell remembers.</summary>
[Cell]
public sealed partial class CoupledLstm
{
    private readonly Mat<Hidden, Input> Wi, Wg, Wo;
    [Initialize(Initializer.Orthogonal)] private readonly Mat<Hidden, Hidden> Ui, Ug, Uo;

    [Initialize(Initializer.Constant, -1)] private readonly Vec<Hidden> bi;
    private readonly Vec<Hidden> bg, bo;

    /// <summary>One step.</summary>
    /// <param name="x">The input.</param>
    /// <param name="h">The hidden state.</param>
    /// <param name="c">The cell state.</param>
    /// <returns>The new states.</returns>
    public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
    {
        var i = Sigmoid(Wi * x + Ui * h + bi);
        var g = Tanh(Wg * x + Ug * h + bg);
        var o = Sigmoid(Wo * x + Uo * h + bo);

        c = (1 - i) * c + i * g;
        h = o * Tanh(c);
        return (h, c);
    }
}
