using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>As many products in one phase as the largest published cells have: a strain on registers and on the compiler.</summary>
[Cell]
internal sealed partial class TwelveGates
{
    private readonly Mat<Hidden, Input> W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12;
    private readonly Mat<Hidden, Hidden> U1, U2, U3, U4, U5, U6, U7, U8, U9, U10, U11, U12;

    public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)
    {
        var a = Sigmoid(W1 * x + U1 * h) * Tanh(W2 * x + U2 * h);
        var b = Sigmoid(W3 * x + U3 * h) * Tanh(W4 * x + U4 * h);
        var d = Sigmoid(W5 * x + U5 * h) * Tanh(W6 * x + U6 * h);
        var e = Sigmoid(W7 * x + U7 * h) * Tanh(W8 * x + U8 * h);
        var f = Sigmoid(W9 * x + U9 * h) * Tanh(W10 * x + U10 * h);
        var o = Sigmoid(W11 * x + U11 * h);
        c = Sigmoid(W12 * x + U12 * h) * c + (a + b + d + e + f) / 5;
        h = o * Tanh(c);
        return (h, c);
    }
}
