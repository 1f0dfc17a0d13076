namespace FastRnn.Samples.Tests.Keywords;

/// <summary>What the calling thread allocates, in a process where others do as well.</summary>
internal static class OwnThread
{
    /// <summary>The bytes of the round that allocated least, of ten: a collection that another test causes counts what is left of this
    /// thread's room as allocated. A leak is in every round.</summary>
    public static long LeastAllocated(Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
