using System.Diagnostics;

namespace FastRnn.Cli.Progress;

/// <summary>When a run that nobody watches should say that it is alive: soon for the first time, then now and then.</summary>
internal sealed class Heartbeat
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2), Later = TimeSpan.FromSeconds(20);

    private readonly long begin = Stopwatch.GetTimestamp();
    private long said;

    /// <summary>Whether it is time.</summary>
    public bool IsDue => said == 0 ? Stopwatch.GetElapsedTime(begin) > First : Stopwatch.GetElapsedTime(said) > Later;

    /// <summary>Something was said.</summary>
    public void Beat() => said = Stopwatch.GetTimestamp();
}
