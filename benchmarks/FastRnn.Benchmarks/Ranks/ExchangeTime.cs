using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>How long the gradients of a step take on their way with nothing computed between: slices go along the ranks, each of which
/// hands them on, and come back from the last one while others are still on their way to it.</summary>
internal static unsafe class ExchangeTime
{
    private const int Slices = 16, Times = 7;

    /// <summary>The median of rank 0, in nanoseconds; every rank has to call it.</summary>
    /// <param name="ranks">At least two.</param>
    /// <param name="parameters">Numbers that are sent.</param>
    public static double Measure(RankGroup ranks, int parameters)
    {
        var bytes = (nint)parameters * sizeof(float);
        var sums = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        var back = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        var times = new double[Times];
        for (var i = 0; i < Times; i++)
        {
            // All begin together.
            ranks.FromFirst(0.0);
            var begin = Stopwatch.GetTimestamp();
            Exchange(ranks, sums, back, bytes);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
        }

        NativeMemory.Free(sums);
        NativeMemory.Free(back);
        Array.Sort(times);
        return times[Times / 2];
    }

    private static void Exchange(RankGroup ranks, byte* sums, byte* back, nint bytes)
    {
        var (rank, isLast) = (ranks.Rank, ranks.Rank == ranks.Count - 1);
        for (var slice = 0; slice < Slices && !isLast; slice++)
        {
            var (begin, length) = Range(slice);
            ranks.BeginReceive(rank == 0 ? ranks.Count - 1 : rank - 1, 1, (nint)(back + begin), length);
        }

        for (var slice = 0; slice < Slices; slice++)
        {
            var (begin, length) = Range(slice);
            if (rank > 0)
            {
                ranks.Receive(rank - 1, 0, (nint)(sums + begin), length);
            }

            ranks.BeginSend(isLast ? 0 : rank + 1, isLast ? 1 : 0, (nint)(sums + begin), length);
        }

        for (var slice = 0; slice < Slices && !isLast; slice++)
        {
            ranks.FinishReceive();
            if (rank < ranks.Count - 2)
            {
                var (begin, length) = Range(slice);
                ranks.BeginSend(rank + 1, 1, (nint)(back + begin), length);
            }
        }

        ranks.FinishSends();

        (nint Begin, nint Length) Range(int slice)
        {
            var (begin, end) = (bytes * slice / Slices / 4 * 4, bytes * (slice + 1) / Slices / 4 * 4);
            return (begin, end - begin);
        }
    }
}
