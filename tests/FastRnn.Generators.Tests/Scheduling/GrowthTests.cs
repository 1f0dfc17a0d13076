using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>Work grows with the number of nodes, not with the number of paths through them: a walk over paths would not end here.</summary>
public sealed class GrowthTests
{
    [Fact]
    public void A_long_chain_of_shared_squares_is_scheduled()
    {
        var squares = string.Join(' ', Enumerable.Range(0, 200).Select(_ => "y = y * y;"));
        var plan = Graphs.Plan("Squares", $$"""
            [Cell] public sealed partial class Squares
            {
                private readonly Mat<Hidden, Input> W;
                private readonly Mat<Hidden, Hidden> U;
                public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var y = Tanh(W * x + U * h); {{squares}} h = y; return h; }
            }
            """, 3, 5);
        Assert.Single(plan.Forward);
        Assert.Single(plan.Backward);
    }
}
