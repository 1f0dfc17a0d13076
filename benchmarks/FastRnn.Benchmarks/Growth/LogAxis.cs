namespace FastRnn.Benchmarks.Growth;

/// <summary>A logarithmic axis from one number to another, on some pixels.</summary>
internal readonly record struct LogAxis(double From, double To, double PixelFrom, double PixelTo)
{
    public double At(double value) => PixelFrom + ((PixelTo - PixelFrom) * Math.Log(value / From) / Math.Log(To / From));

    /// <summary>The powers of ten inside.</summary>
    public IEnumerable<double> Decades()
    {
        for (var exponent = (int)Math.Ceiling(Math.Log10(From) - 1e-9); exponent <= Math.Log10(To) + 1e-9; exponent++)
        {
            yield return Math.Pow(10, exponent);
        }
    }
}
