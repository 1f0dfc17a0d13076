using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastRnn.Distributed.Planning;

/// <summary>Measures the network of a job: messages that go to and fro between rank 0 and the last one.</summary>
public static unsafe class NetworkProbe
{
    private const int Small = 8, Large = 8 << 20;
    private const int SmallTimes = 200, LargeTimes = 10;

    /// <summary>Measures; every rank has to call it.</summary>
    /// <param name="ranks">The ranks, at least two.</param>
    /// <returns>What rank 0 has measured, on all ranks: half of the median of a way to and fro, of 8 bytes and of 8 MB.</returns>
    /// <exception cref="InvalidOperationException">There is one rank alone.</exception>
    public static NetworkSpeed Measure(RankGroup ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        if (ranks.Count < 2)
        {
            throw new InvalidOperationException("A network is measured between two ranks: there is one alone.");
        }

        var memory = (nint)NativeMemory.AllocZeroed(Large);
        try
        {
            Median(ranks, memory, Small, SmallTimes);
            var latency = Median(ranks, memory, Small, SmallTimes);
            var large = Median(ranks, memory, Large, LargeTimes);
            return new NetworkSpeed(ranks.FromFirst(latency), ranks.FromFirst(Large / Math.Max(large - latency, 1e-9)));
        }
        finally
        {
            NativeMemory.Free((void*)memory);
        }
    }

    private static double Median(RankGroup ranks, nint memory, int bytes, int times)
    {
        var (last, seconds) = (ranks.Count - 1, new double[times]);
        for (var i = 0; i < times; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            if (ranks.IsFirst)
            {
                Send(last);
                ranks.Receive(last, 0, memory, bytes);
            }
            else if (ranks.Rank == last)
            {
                ranks.Receive(0, 0, memory, bytes);
                Send(0);
            }

            seconds[i] = Stopwatch.GetElapsedTime(begin).TotalSeconds / 2;
        }

        Array.Sort(seconds);
        return seconds[times / 2];

        void Send(int to)
        {
            ranks.BeginSend(to, 0, memory, bytes);
            ranks.FinishSends();
        }
    }
}
