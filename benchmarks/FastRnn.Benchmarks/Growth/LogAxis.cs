namespace FastRnn.Benchmarks.Growth;

/// <summary>A logarithmic axis from one number to another, on some pixels.</summary>
internal readonly record struct LogAxis(double From, double To, double PixelFrom, double PixelTo)
{
    public double At(double value) => PixelFrom + ((PixelTo - PixelFrom) * Math.Log(value / From) / Math.Log(To / From));

    /// <summary>Where lines help: the powers of ten, and on a short axis twice and five times them, too.</summary>
    public IEnumerable<double> Ticks()
    {
        int[] factors = To / From > 500 ? [1] : [1, 2, 5];
        for (var exponent = (int)Math.Floor(Math.Log10(From)); exponent <= Math.Log10(To); exponent++)
        {
            foreach (var factor in factors)
            {
                if (factor * Math.Pow(10, exponent) is var tick && tick >= From && tick <= To)
                {
                    yield return tick;
                }
            }
        }
    }
}
