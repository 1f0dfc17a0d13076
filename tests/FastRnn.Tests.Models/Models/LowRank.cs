using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

/// <summary>The rank of the recurrent matrix of a <see cref="LowRank"/> cell.</summary>
internal abstract class Rank : IDimension;

/// <summary>A simple recurrent network whose recurrent matrix is a product of two thin ones.</summary>
[Cell]
internal sealed partial class LowRank
{
    private readonly Mat<Hidden, Input> W;
    private readonly Mat<Rank, Hidden> Down;
    private readonly Mat<Hidden, Rank> Up;
    private readonly Vec<Rank> scale;
    private readonly Vec<Hidden> b;

    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
    {
        var r = scale * (Down * h);
        h = Tanh(W * x + Up * r + b);
        return h;
    }
}
