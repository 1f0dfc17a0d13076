using System.Diagnostics;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Activations;

/// <summary>One side of the contest: a function over an array that stays in the first cache level.</summary>
internal sealed class SpanRun(SpanFunction function, float[] x) : IPeerRun
{
    /// <summary>Elements of an array: with the results 16 KiB.</summary>
    public const int Count = 2048;

    private readonly float[] y = new float[Count];

    /// <summary>Inputs from -4 to 4, or from the function's range on.</summary>
    public static float[] Input(float from)
    {
        var random = new Random(7);
        var low = Math.Max(from, -4);
        var x = new float[Count];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = low + (random.NextSingle() * (4 - low));
        }

        return x;
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            function(x, y);
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public PeerOutput Read() => new(y, null, null);

    public void Dispose()
    {
        // Nothing but arrays.
    }
}
