using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>Adds the gradients of parameters, which need the rows of all workers.</summary>
internal sealed class GradientJob(RecordedRun run) : ITeamJob
{
    /// <summary>The part that is added.</summary>
    public GradientSlice Slice { get; set; }

    /// <inheritdoc/>
    public void Execute(int worker, int workers) => run.Gradients.Accumulate(worker, workers, Slice);
}
