namespace FastRnn.Tests.Allocation;

/// <summary>Counts the bytes that the garbage collector gives out while something repeats itself.</summary>
internal static class SteadyState
{
    /// <summary>Asserts that a thousand repetitions after the first two allocate nothing on any thread. Only for tests that run alone.</summary>
    /// <param name="create">Makes a fresh object, and what is repeated on it.</param>
    public static void AssertAllocatesNothing(Func<(IDisposable Owner, Action Step)> create)
    {
        // The test host has threads of its own: one clean round is proof, a leak is in every round. This thread must be clean in all.
        var total = 0L;
        for (var round = 0; round < 5; round++)
        {
            var (owner, step) = create();
            using (owner)
            {
                step();
                step();
                total = GC.GetTotalAllocatedBytes(true);
                var mine = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 1000; i++)
                    step();
                mine = GC.GetAllocatedBytesForCurrentThread() - mine;
                total = GC.GetTotalAllocatedBytes(true) - total;
                Assert.Equal(0, mine);
            }

            if (total == 0)
                return;
        }

        Assert.Fail($"{total} bytes in 1000 repetitions");
    }
}
