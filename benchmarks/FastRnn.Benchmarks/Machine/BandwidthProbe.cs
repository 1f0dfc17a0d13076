using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Machine;

/// <summary>How fast one core reads a block of memory again and again: the block's size says which cache it comes from.</summary>
internal static unsafe class BandwidthProbe
{
    private const int Alignment = 64;
    private const double RoundSeconds = 0.03;

    /// <summary>The best round.</summary>
    public static double GigabytesPerSecond<S, V>(long bytes, int rounds)
        where S : ISimd<V>
        where V : struct
    {
        // Whole loops of 16 vectors of 64 bytes.
        bytes = Math.Max(bytes / 1024 * 1024, 1024);
        var block = (float*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        try
        {
            // Written, so that each page is there.
            new Span<float>(block, (int)(bytes / sizeof(float))).Fill(1e-3f);
            var begin = Stopwatch.GetTimestamp();
            Read<S, V>(block, bytes / sizeof(float), 1);
            var passes = (long)Math.Clamp(RoundSeconds / Math.Max(Stopwatch.GetElapsedTime(begin).TotalSeconds, 1e-7), 1, 1e7);
            var best = double.PositiveInfinity;
            for (var round = 0; round <= rounds; round++)
            {
                begin = Stopwatch.GetTimestamp();
                Read<S, V>(block, bytes / sizeof(float), passes);
                var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                best = Math.Min(best, seconds / passes);
                passes = (long)Math.Clamp(passes * RoundSeconds / seconds, 1, 1e8);
            }

            return bytes / best / 1e9;
        }
        finally
        {
            NativeMemory.AlignedFree(block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read<S, V>(float* block, long floats, long passes)
        where S : ISimd<V>
        where V : struct
    {
        V s0, s1, s2, s3, s4, s5, s6, s7;
        s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = S.Zero;
        var stride = 8 * S.Lanes;
        for (var pass = 0L; pass < passes; pass++)
        {
            for (var at = 0L; at < floats; at += stride)
            {
                var from = block + at;
                s0 = S.Or(s0, S.Load(from));
                s1 = S.Or(s1, S.Load(from + S.Lanes));
                s2 = S.Or(s2, S.Load(from + (2 * S.Lanes)));
                s3 = S.Or(s3, S.Load(from + (3 * S.Lanes)));
                s4 = S.Or(s4, S.Load(from + (4 * S.Lanes)));
                s5 = S.Or(s5, S.Load(from + (5 * S.Lanes)));
                s6 = S.Or(s6, S.Load(from + (6 * S.Lanes)));
                s7 = S.Or(s7, S.Load(from + (7 * S.Lanes)));
            }
        }

        var sum = S.Or(S.Or(S.Or(s0, s1), S.Or(s2, s3)), S.Or(S.Or(s4, s5), S.Or(s6, s7)));
        var lanes = stackalloc float[16];
        S.Store(sum, lanes);
        return lanes[0];
    }
}
