using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>No network that anybody would train: every function and operator of the language, far from poles.</summary>
[Cell]
internal sealed partial class EveryFunction
{
    private readonly Mat<Hidden, Input> W;
    private readonly Mat<Hidden, Hidden> U;
    private readonly Vec<Hidden> b, v;

    public (Vec<Hidden> h, Vec<Hidden> s) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> s)
    {
        const double Half = 0.5;
        var a = W * x + U * h + b;
        var positive = 1 + Softplus(a) + Square(s);
        var root = Sqrt(positive) / (2 + Abs(a));
        var logarithm = Log(positive) - Half;
        var bump = Exp(-Square(a)) / 2;
        var bent = LeakyRelu(a - 0.25) - Relu(Half - a);
        var bounded = Max(-1.5, Min(bent, 1.5));
        var gate = HardSigmoid(2 * a + v * s);
        var clipped = HardTanh(1.0 / positive - logarithm * bump + root);

        s *= Half;
        s += 0.25 * Min(clipped, bounded) + 0.125 / positive;
        h = gate * Tanh(s) + (1 - gate) * Sigmoid(Max(root, -bent));
        return (h, s);
    }
}
