using FastRnn.Tests.Memory;
using FastRnn.Threading;

namespace FastRnn.Tests.Threading;

[Collection(AllocationTests.Name)]
public sealed class ThreadTeamAllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_run_allocates_nothing_on_any_thread(int threads)
    {
        using var team = new ThreadTeam(threads);
        var job = new EmptyJob();
        Allocations.AssertNone(() => team.Run(job));
    }

    private sealed class EmptyJob : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
        }
    }
}
