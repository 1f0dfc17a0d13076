namespace FastRnn.Tests.Allocation;

/// <summary>What the calling thread allocates, in a process where others do as well.</summary>
internal static class OwnThread
{
    /// <summary>The bytes of the round that allocated least. The runtime compiles anew what is called often, and has things to remember
    /// then; and a collection that another thread causes counts what is left of this thread's room. A leak is in every round.</summary>
    public static long LeastAllocated(Action action, int rounds)
    {
        var least = long.MaxValue;
        for (var round = 0; round < rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
