using System.Diagnostics;

namespace FastRnn.Cli.Training;

/// <summary>The time of a run, which decides learning rates and its end: where several processes train together it is that of rank 0, as
/// it was after the last step.</summary>
/// <param name="ranks">The processes; null for one alone.</param>
/// <param name="before">Seconds that earlier runs took.</param>
internal sealed class RunClock(RankGroup? ranks, double before)
{
    private readonly long begin = Stopwatch.GetTimestamp();
    private double met;

    /// <summary>Seconds of the run, earlier ones included.</summary>
    public double Seconds => ranks is null ? Now : met;

    private double Now => before + Stopwatch.GetElapsedTime(begin).TotalSeconds;

    /// <summary>After a step: all ranks have the same time.</summary>
    public void Meet() => met = ranks?.FromFirst(Now) ?? met;

    /// <summary>What rank 0 says.</summary>
    public bool Decide(bool value) => ranks?.FromFirst(value) ?? value;
}
