using System.Diagnostics;

namespace FastRnn.Before;

/// <summary>A row in one process.</summary>
/// <param name="Name">The row's.</param>
/// <param name="Least">Nanoseconds of an iteration in the fastest part of the turn.</param>
/// <param name="Median">In the middle one.</param>
/// <param name="Allocated">Bytes in all parts.</param>
internal sealed record Turn(string Name, double Least, double Median, long Allocated)
{
    private const double PartNs = 50e6, TurnNs = 300e6, WarmNs = 200e6;
    private const int LeastParts = 2, MostIterations = 100_000_000;

    // Longer than tiered compilation waits for a quiet moment.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(110);

    public static Turn Take(Row row)
    {
        using var work = row.Create();
        var iterations = Warm(work);
        var parts = Math.Max(LeastParts, (int)(TurnNs / Math.Max(PartNs, Time(work, iterations))));
        var times = new double[parts];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var part = 0; part < parts; part++)
        {
            times[part] = Time(work, iterations) / iterations;
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new(row.Name, times.Min(), Middle(times), allocated);
    }

    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Runs until everything is compiled for good and in its cache.</summary>
    /// <returns>How many iterations fill a part of a turn.</returns>
    private static int Warm(Work work)
    {
        var (iterations, spent) = (1, 0.0);
        for (var rests = 0; spent < WarmNs || rests < 2;)
        {
            var ns = Time(work, iterations);
            spent += ns;
            var fill = PartNs / ns;
            iterations = (int)Math.Clamp(iterations * Math.Clamp(fill, 0.1, 10), 1, MostIterations);
            if (fill < 2)
            {
                Thread.Sleep(rests++ < 2 ? Quiet : TimeSpan.Zero);
            }
        }

        return iterations;
    }

    private static double Time(Work work, int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        work.Run(iterations);
        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }
}
