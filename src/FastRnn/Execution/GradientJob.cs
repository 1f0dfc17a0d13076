using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>Adds the gradients of parameters, which need the rows of all workers.</summary>
internal sealed class GradientJob(RecordedRun run) : ITeamJob
{
    /// <summary>The part that is added; null for all of them.</summary>
    public GradientSlice? Slice { get; set; }

    /// <inheritdoc/>
    public void Execute(int worker, int workers)
    {
        if (Slice is { } slice)
        {
            run.Gradients.Accumulate(worker, workers, in slice);
        }
        else
        {
            run.Gradients.Accumulate(worker, workers);
        }
    }
}
