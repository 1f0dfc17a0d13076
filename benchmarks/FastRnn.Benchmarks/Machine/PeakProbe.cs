using System.Diagnostics;
using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Machine;

/// <summary>The most fused multiply-adds that the cores can do: 12 independent chains in registers, no memory.</summary>
internal static class PeakProbe
{
    private const int Chains = 12;
    private const int Unroll = 2;
    private const double RoundSeconds = 0.05;

    /// <summary>The best round, of all cores together; each core runs its own round at the same time.</summary>
    public static double Gflops<S, V>(int threads, int rounds)
        where S : ISimd<V>
        where V : struct
    {
        // Once to compile, once to learn how many iterations fill a round.
        Loop<S, V>(1000);
        var begin = Stopwatch.GetTimestamp();
        Loop<S, V>(2_000_000);
        var iterations = (long)(2_000_000 * RoundSeconds / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        var flops = (double)iterations * Chains * Unroll * 2 * S.Lanes;

        var seconds = new double[threads, rounds];
        using var barrier = new Barrier(threads);
        var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() => Work(worker)) { IsBackground = true }).ToArray();
        Array.ForEach(workers, thread => thread.Start());
        Array.ForEach(workers, thread => thread.Join());
        return Enumerable.Range(0, rounds).Max(round => Enumerable.Range(0, threads).Sum(worker => flops / seconds[worker, round])) / 1e9;

        void Work(int worker)
        {
            for (var round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                Loop<S, V>(iterations);
                seconds[worker, round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe float Loop<S, V>(long iterations)
        where S : ISimd<V>
        where V : struct
    {
        // Converges to 1 from anywhere: neither overflow nor denormals.
        var a = S.Create(0.5f);
        var b = S.Create(0.5f);
        V s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
        s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = s9 = s10 = s11 = S.Create(2f);
        for (var i = 0L; i < iterations; i++)
        {
            s0 = S.Fma(s0, a, b);
            s1 = S.Fma(s1, a, b);
            s2 = S.Fma(s2, a, b);
            s3 = S.Fma(s3, a, b);
            s4 = S.Fma(s4, a, b);
            s5 = S.Fma(s5, a, b);
            s6 = S.Fma(s6, a, b);
            s7 = S.Fma(s7, a, b);
            s8 = S.Fma(s8, a, b);
            s9 = S.Fma(s9, a, b);
            s10 = S.Fma(s10, a, b);
            s11 = S.Fma(s11, a, b);
            s0 = S.Fma(s0, a, b);
            s1 = S.Fma(s1, a, b);
            s2 = S.Fma(s2, a, b);
            s3 = S.Fma(s3, a, b);
            s4 = S.Fma(s4, a, b);
            s5 = S.Fma(s5, a, b);
            s6 = S.Fma(s6, a, b);
            s7 = S.Fma(s7, a, b);
            s8 = S.Fma(s8, a, b);
            s9 = S.Fma(s9, a, b);
            s10 = S.Fma(s10, a, b);
            s11 = S.Fma(s11, a, b);
        }

        var sum = S.Add(S.Add(S.Add(s0, s1), S.Add(s2, s3)), S.Add(S.Add(s4, s5), S.Add(s6, s7)));
        sum = S.Add(sum, S.Add(S.Add(s8, s9), S.Add(s10, s11)));
        var lanes = stackalloc float[16];
        S.Store(sum, lanes);
        return lanes[0];
    }
}
