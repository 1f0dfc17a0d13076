using FastRnn.CompilerServices;
using FastRnn.Threading;

namespace FastRnn.Tests.Kernels;

public sealed class StepBarrierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Nobody_leaves_before_all_have_come(int workers)
    {
        using var team = new ThreadTeam(workers);
        var job = new MeetingJob(workers);
        team.Run(job);
        team.Run(job); // A barrier can be used again.
        Assert.Equal(0, job.TooEarly);
        Assert.All(job.Arrivals, count => Assert.Equal(2 * MeetingJob.Meetings, count));
    }

    private sealed class MeetingJob(int workers) : ITeamJob
    {
        public const int Meetings = 500;
        private StepBarrier barrier;
        private int tooEarly;

        public int[] Arrivals { get; } = new int[workers];

        public int TooEarly => tooEarly;

        public void Execute(int worker, int workers)
        {
            for (var meeting = 0; meeting < Meetings; meeting++)
            {
                var count = Volatile.Read(ref Arrivals[worker]) + 1;
                Volatile.Write(ref Arrivals[worker], count);
                barrier.Meet(workers);
                for (var other = 0; other < workers; other++)
                {
                    // The others may be on their way to the next meeting, but no further.
                    if (Volatile.Read(ref Arrivals[other]) - count is not (0 or 1))
                        Interlocked.Increment(ref tooEarly);
                }
            }
        }
    }
}
