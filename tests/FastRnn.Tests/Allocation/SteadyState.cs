namespace FastRnn.Tests.Allocation;

/// <summary>Something that repeats itself.</summary>
/// <param name="Name">What.</param>
/// <param name="Create">Makes a fresh object, and what is repeated on it.</param>
internal sealed record SteadyState(string Name, Func<(IDisposable Owner, Action Step)> Create)
{
    public const int Repetitions = 300;

    /// <summary>The bytes that the garbage collector gives out, to any thread of the process and to this one, in three hundred repetitions
    /// after the first two.</summary>
    /// <remarks>The runtime's own threads, such as the one that compiles anew what is called often, have things to remember as well. So a
    /// round in which nothing is allocated is proof, and a leak is in every round.</remarks>
    public (long Total, long Mine) Measure()
    {
        var least = MeasureOnce();
        for (var round = 1; round < 5 && least.Total > 0; round++)
        {
            var next = MeasureOnce();
            least = next.Total < least.Total ? next : least;
        }

        return least;
    }

    private (long Total, long Mine) MeasureOnce()
    {
        var (owner, step) = Create();
        using (owner)
        {
            step();
            step();
            var total = GC.GetTotalAllocatedBytes(true);
            var mine = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Repetitions; i++)
                step();
            mine = GC.GetAllocatedBytesForCurrentThread() - mine;
            return (GC.GetTotalAllocatedBytes(true) - total, mine);
        }
    }
}
