using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>One segment forward; its last states are kept, and the next one begins with them.</summary>
internal sealed class SweepJob(RecordedRun run) : ITeamJob
{
    /// <summary>Which one, from 0.</summary>
    public int Segment { get; set; }

    /// <inheritdoc/>
    public void Execute(int worker, int workers)
    {
        run.Forward(worker, Segment);
        run.States.Keep(Segment + 1, worker);
    }
}
