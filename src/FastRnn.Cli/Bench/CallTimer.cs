using System.Diagnostics;

namespace FastRnn.Cli.Bench;

/// <summary>Times a call again and again.</summary>
internal static class CallTimer
{
    // Between two looks at the clock: long against the look, short against what disturbs.
    private static readonly TimeSpan Group = TimeSpan.FromMilliseconds(5);
    private const int WarmCalls = 3, LeastGroups = 5;

    /// <summary>The median over groups of calls.</summary>
    /// <param name="call">What is timed.</param>
    /// <param name="seconds">For how long; at least five groups are timed.</param>
    /// <param name="warmSeconds">For how long it is called before, three times at least: until .NET has compiled better what is called
    /// often, which takes it a moment, or on one processor some six seconds.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    /// <returns>Seconds a call, and how many were made.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public static (double Seconds, long Calls) Median(
        Action call, double seconds, double warmSeconds, CancellationToken interrupt)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmCalls || Stopwatch.GetElapsedTime(begin).TotalSeconds < warmSeconds; i++)
        {
            interrupt.ThrowIfCancellationRequested();
            call();
        }

        var size = 1L;
        while (Time(call, size) < Group && size < long.MaxValue / 2)
            size *= 2;

        var times = new List<double>();
        var calls = 0L;
        for (begin = Stopwatch.GetTimestamp();
            times.Count < LeastGroups || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds; calls += size)
        {
            interrupt.ThrowIfCancellationRequested();
            times.Add(Time(call, size).TotalSeconds / size);
        }

        times.Sort();
        var middle = times.Count / 2;
        return (times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2, calls);
    }

    private static TimeSpan Time(Action call, long count)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0L; i < count; i++)
            call();
        return Stopwatch.GetElapsedTime(begin);
    }
}
