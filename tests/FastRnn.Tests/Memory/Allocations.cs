namespace FastRnn.Tests.Memory;

internal static class Allocations
{
    /// <summary>Asserts that <paramref name="action"/> allocates nothing on any thread after its first calls. Only for tests of
    /// <see cref="AllocationTests"/>.</summary>
    public static void AssertNone(Action action, int repetitions = 1000)
    {
        for (var i = 0; i < 100; i++)
            action();

        // The test host has threads of its own: one clean round is proof, a leak is in every round.
        var allocated = 0L;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetTotalAllocatedBytes(true);
            for (var i = 0; i < repetitions; i++)
                action();
            allocated = GC.GetTotalAllocatedBytes(true) - before;
            if (allocated == 0)
                return;
        }

        Assert.Fail($"{allocated} bytes in {repetitions} repetitions");
    }
}
