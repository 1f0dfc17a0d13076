using System.Diagnostics;

namespace FastRnn.Cli.Training;

/// <summary>Counts what steps cost: their time, and what they allocate on any thread once the first two have warmed everything
/// up.</summary>
internal sealed class StepMeter
{
    private const int WarmSteps = 2;
    private const int LossWindow = 50;
    private readonly Queue<double> losses = new(LossWindow + 1);
    private long steps;
    private long ticks;
    private long positions;
    private long allocated;
    private long stepAllocated;
    private long stepBegin;

    /// <summary>Steps that were counted.</summary>
    public long Steps => steps;

    /// <summary>The mean of the last losses, or null.</summary>
    public double? Loss => losses.Count == 0 ? null : losses.Average();

    public double BytesPerSecond => ticks == 0 ? 0 : positions / Stopwatch.GetElapsedTime(0, ticks).TotalSeconds;

    /// <summary>The same for the last step alone.</summary>
    public double LastBytesPerSecond { get; private set; }

    public double? AllocatedBytesPerStep => steps <= WarmSteps ? null : (double)allocated / (steps - WarmSteps);

    public void BeginStep()
    {
        stepAllocated = GC.GetTotalAllocatedBytes(precise: true);
        stepBegin = Stopwatch.GetTimestamp();
    }

    public void EndStep(int learned, double loss)
    {
        var end = Stopwatch.GetTimestamp();
        var allocatedNow = GC.GetTotalAllocatedBytes(precise: true);
        if (steps >= WarmSteps)
        {
            allocated += allocatedNow - stepAllocated;
        }

        steps++;
        ticks += end - stepBegin;
        positions += learned;
        LastBytesPerSecond = end == stepBegin ? 0 : learned / Stopwatch.GetElapsedTime(stepBegin, end).TotalSeconds;
        losses.Enqueue(loss);
        if (losses.Count > LossWindow)
        {
            losses.Dequeue();
        }
    }
}
