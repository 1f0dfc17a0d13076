using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>Parameters that are used more than once: matrices that multiply several vectors, a vector that is a bias and a
/// factor.</summary>
[Cell]
internal sealed partial class Tied
{
    private readonly Mat<Hidden, Input> W;
    private readonly Mat<Hidden, Hidden> U;
    private readonly Mat<Input, Hidden> V;
    private readonly Vec<Hidden> b;

    public (Vec<Hidden> h, Vec<Hidden> c, Vec<Input> y) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c, Vec<Input> y)
    {
        h = Tanh(W * x + U * h + b + W * y + U * c);
        c = c / 2 + b * Sigmoid(U * h);
        y = Tanh(V * c);
        return (h, c, y);
    }
}
