namespace FastRnn.Threading;

/// <summary>Cuts work into one contiguous part for each worker.</summary>
internal static class Partition
{
    /// <summary>The part of <paramref name="worker"/>: parts begin at multiples of <paramref name="granularity"/>, are in order, touch each
    /// other, differ by at most one granule, and together are <c>0</c> to <paramref name="total"/>. A part may be empty.</summary>
    public static (int Begin, int End) Range(int total, int worker, int workers, int granularity = 1)
    {
        var granules = ((long)total + granularity - 1) / granularity;
        return (Edge(granules, worker, workers, granularity, total), Edge(granules, worker + 1, workers, granularity, total));
    }

    private static int Edge(long granules, int worker, int workers, int granularity, int total) =>
        (int)Math.Min(granules * worker / workers * granularity, total);
}
