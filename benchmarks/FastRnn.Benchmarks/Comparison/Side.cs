using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>One side of a contest and its times.</summary>
/// <param name="run">What it runs.</param>
/// <param name="iterations">Of a turn; <see cref="Warm"/> finds a number of its own.</param>
internal sealed class Side(IPeerRun run, int iterations = 1) : IDisposable
{
    // Worker threads of the side before spin for a while before they sleep, and would take our cores.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Longer than tiered compilation waits.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(110);

    private const double Faster = 0.97;
    private const int MostIterations = 100_000_000;
    private readonly List<double> times = [];

    public IPeerRun Run { get; } = run;

    /// <summary>Of a turn.</summary>
    public int Iterations { get; set; } = iterations;

    public long AllocatedBytes { get; private set; }

    public int Collections { get; private set; }

    /// <summary>Runs until it gets no faster, because everything is compiled and in its cache, and learns how many iterations fill a
    /// turn.</summary>
    public void Warm(Rounds rounds)
    {
        var (best, spent, slower) = (double.PositiveInfinity, 0.0, 0);
        while (spent < rounds.WarmNs || slower < 2)
        {
            var ns = Run.Measure(Iterations);
            spent += ns;
            var fill = rounds.TurnNs / Math.Max(ns, 1);
            if (fill < 2 || Iterations == MostIterations)
            {
                slower = ns / Iterations > best * Faster ? slower + 1 : 0;
                best = Math.Min(best, ns / Iterations);

                // The compiler waits for a quiet moment before it compiles again what is used much.
                Thread.Sleep(Quiet);
            }

            Iterations = (int)Math.Clamp(Iterations * Math.Clamp(fill, 0.1, 10), 1, MostIterations);
        }
    }

    /// <summary>One turn, after a few iterations that wake threads and caches; nanoseconds of an iteration are noted.</summary>
    public void Turn()
    {
        Thread.Sleep(Pause);
        Run.Measure(Math.Max(1, Iterations / 50));
        Time();
    }

    /// <summary>One turn and nothing else: every iteration counts for what is learned.</summary>
    public void TurnOnce()
    {
        Thread.Sleep(Pause);
        Time();
    }

    /// <summary>Nanoseconds of an iteration.</summary>
    public double Median()
    {
        var sorted = times.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The slowest round over the fastest: far from 1 says that something else was at work.</summary>
    public double Spread() => times.Max() / times.Min();

    public void Dispose() => Run.Dispose();

    private void Time()
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var collections = GC.CollectionCount(0);
        var ns = Run.Measure(Iterations);
        Collections += GC.CollectionCount(0) - collections;
        AllocatedBytes += GC.GetTotalAllocatedBytes(precise: true) - bytes;
        times.Add(ns / Iterations);
    }
}
