using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Tests.Threading;

/// <summary>How many workers a pass has. In the tests one multiply-add is enough for a worker (tests/Directory.Build.props).</summary>
public sealed class WorkCostTests
{
    [Theory]
    [InlineData(0, 4, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(3, 4, 3)]
    [InlineData(1e18, 4, 4)]
    [InlineData(1e18, 1, 1)]
    public void Each_worker_has_enough_to_do(double work, int most, int expected) => Assert.Equal(expected, WorkCost.Workers(work, most));

    [Theory]
    [InlineData(4, 5, 1, 4)]
    [InlineData(2, 5, 1, 2)]
    [InlineData(4, 5, 0, 4)]
    [InlineData(1, 5, 1, 1)]
    public void No_more_workers_than_sequences_take_part(int sequences, int steps, long stepCost, int expected)
    {
        var (workers, rows) = Arrange(sequences, steps, stepCost);
        Assert.Equal(expected, workers);
        Assert.Equal(sequences, rows.Sum(r => r.End - r.Begin));
        Assert.All(rows.Take(expected), r => Assert.True(r.End > r.Begin || stepCost == 0));
        Assert.All(rows.Skip(expected), r => Assert.Equal(r.Begin, r.End));
    }

    /// <summary>A batch that does not fit is done in groups: a group's workers are those of its own sequences.</summary>
    [Fact]
    public unsafe void The_work_of_a_group_is_that_of_its_sequences()
    {
        var plan = new BatchPlan(new() { Batch = 4, Steps = 16, Workers = 4, StepCost = 1 });
        using var arena = new Arena(plan.Carve);
        ((ReadOnlySpan<int>)[16, 1, 0, 16]).CopyTo(new Span<int>(plan.MainLengths, 4));
        plan.Arrange(1, 2, hasSource: false);
        Assert.Equal(1, plan.Workers);
    }

    private static unsafe (int Workers, List<(int Begin, int End)> Rows) Arrange(int sequences, int steps, long stepCost)
    {
        var sizes = new RunSizes { Batch = 8, Steps = 16, Workers = 4, StepCost = stepCost };
        var plan = new BatchPlan(sizes);
        using var arena = new Arena(plan.Carve);
        new Span<int>(plan.MainLengths, sequences).Fill(steps);
        plan.Arrange(0, sequences, hasSource: false);
        Assert.Equal(sequences * steps, plan[TimeDomain.Main].Positions);
        return (plan.Workers, [.. Enumerable.Range(0, sizes.Workers).Select(plan.Rows)]);
    }
}
