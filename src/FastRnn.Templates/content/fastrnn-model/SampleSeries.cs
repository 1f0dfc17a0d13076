namespace FastRnnModel._1;

/// <summary>What is to be learned: put your own data here.</summary>
internal static class SampleSeries
{
    /// <summary>Two waves, from a place that the seed decides.</summary>
    /// <param name="seed">Another seed, another place.</param>
    /// <param name="length">How many steps.</param>
    public static float[] Create(int seed, int length)
    {
        var (x, start) = (new float[length], seed * 7.3f % 100);
        for (var t = 0; t < length; t++)
        {
            x[t] = 0.6f * MathF.Sin(0.31f * (start + t)) + 0.4f * MathF.Sin(0.83f * (start + t));
        }

        return x;
    }
}
