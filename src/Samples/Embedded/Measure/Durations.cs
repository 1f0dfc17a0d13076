using System.Diagnostics;

namespace FastRnn.Embedded.Measure;

/// <summary>Times of one kind of thing, in ticks of the stopwatch. All room is taken at first.</summary>
internal sealed class Durations(int capacity)
{
    private readonly long[] ticks = new long[capacity];
    private int count;
    private bool sorted;

    public static double Nanoseconds(long ticks) => ticks * (1e9 / Stopwatch.Frequency);

    public static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    public void Add(long time)
    {
        ticks[count++] = time;
        sorted = false;
    }

    public double Sum()
    {
        long sum = 0;
        foreach (var time in ticks.AsSpan(0, count))
        {
            sum += time;
        }

        return Nanoseconds(sum);
    }

    /// <summary>In nanoseconds: the smallest that is not exceeded by this share of all.</summary>
    public double Quantile(double share)
    {
        if (!sorted)
        {
            Array.Sort(ticks, 0, count);
            sorted = true;
        }

        return Nanoseconds(ticks[Math.Clamp((int)Math.Ceiling(share * count) - 1, 0, count - 1)]);
    }

    /// <summary>Adds p50, p99, p99.9 and the worst, in microseconds.</summary>
    public void Report(Findings findings, string name)
    {
        findings.Add($"{name}_p50_us", Quantile(0.5) / 1e3);
        findings.Add($"{name}_p99_us", Quantile(0.99) / 1e3);
        findings.Add($"{name}_p999_us", Quantile(0.999) / 1e3);
        findings.Add($"{name}_worst_us", Quantile(1) / 1e3);
    }
}
