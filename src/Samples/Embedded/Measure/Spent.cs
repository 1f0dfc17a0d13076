namespace FastRnn.Embedded.Measure;

/// <summary>What the garbage collector had to do since the start.</summary>
internal sealed class Spent
{
    private readonly long total = GC.GetTotalAllocatedBytes(precise: true);
    private readonly long collections = Collections;
    private readonly long mine = GC.GetAllocatedBytesForCurrentThread();

    private static long Collections => GC.CollectionCount(0);

    /// <summary>Adds bytes of this thread, bytes of all threads, and collections.</summary>
    public void Report(Findings findings)
    {
        // Findings allocate.
        var own = GC.GetAllocatedBytesForCurrentThread() - mine;
        var all = GC.GetTotalAllocatedBytes(precise: true) - total;
        findings.Add("allocated_bytes_of_the_thread", own);
        findings.Add("allocated_bytes", all);
        findings.Add("collections", Collections - collections);
    }
}
