using FastRnn.Generators.Algebra;
using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Scheduling;

/// <summary>Whether the JIT really inlines what the policy lets pass is seen in the tests of emitted code.</summary>
public sealed class InliningPolicyTests
{
    [Theory]
    [InlineData(10, 8, 1, true)]
    [InlineData(10, 8, 2, false)]
    [InlineData(3, 8, 6, true)]
    [InlineData(3, 8, 7, false)]
    [InlineData(30, 8, 1, true)]
    [InlineData(31, 8, 1, false)]
    [InlineData(3, 32, 1, true)]
    [InlineData(3, 33, 1, false)]
    public void Equations_are_inlined_where_the_compiler_has_variables_and_parameters_for_them(
        int functions, int parameters, int copies, bool expected)
    {
        var equations = Enumerable.Range(0, functions)
            .Select(i => new Statement.Let($"v{i}", new Expression.Apply(Operation.Tanh, new Expression.Sum(0), null)));
        Assert.Equal(expected, InliningPolicy.Inlines([.. equations], parameters, copies));
    }

    [Fact]
    public void Those_of_an_lstm_are_inlined_into_every_width_of_its_row_kernel()
    {
        for (var units = 1; units <= 300; units++)
        {
            var kernel = Graphs.Plan("Lstm", Sources.Lstm, 64, units).Forward[0];
            Assert.All(kernel.Tiles, tile => Assert.True(tile.InlinesEpilogue));
        }
    }
}
