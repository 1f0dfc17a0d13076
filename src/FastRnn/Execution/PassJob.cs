using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>Forward, loss and backward of some sequences, or of a segment of them from where the segment behind it stopped: no worker
/// waits for another, unless the layers come one after the other because other ranks wait for them.</summary>
internal sealed unsafe class PassJob(RecordedRun run) : ITeamJob
{
    /// <summary>Which one, from 0: with the states before it the pass begins, where it goes on.</summary>
    public int Segment { get; set; }

    /// <summary>Whether nothing comes behind it.</summary>
    public bool IsLast { get; set; }

    /// <summary>Whether forward and loss are wanted.</summary>
    public bool IsForward { get; set; }

    /// <summary>Those that are passed back, the last one first.</summary>
    public (int Begin, int End) Layers { get; set; }

    /// <inheritdoc/>
    public void Execute(int worker, int workers)
    {
        if (IsForward)
        {
            run.Forward(worker, Segment);
            run.Loss.Run(worker, in run.Runner.From, run.Backward.DOutput);
            if (IsLast)
            {
                run.Backward.ClearStateGradients(worker);
            }
        }

        if (Layers.Begin < Layers.End)
        {
            run.Return(worker, Layers.Begin, Layers.End);
        }
    }
}
