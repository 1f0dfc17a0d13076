namespace FastRnn.Benchmarks.Growth;

/// <summary>Least squares.</summary>
internal static class LinearFit
{
    /// <summary>The share of the times' variance that a straight line explains.</summary>
    public static double RSquared(IReadOnlyList<GrowthPoint> points)
    {
        var (meanX, meanY) = (points.Average(p => (double)p.X), points.Average(p => p.Ns));
        var xx = points.Sum(p => (p.X - meanX) * (p.X - meanX));
        var yy = points.Sum(p => (p.Ns - meanY) * (p.Ns - meanY));
        var xy = points.Sum(p => (p.X - meanX) * (p.Ns - meanY));
        return xy * xy / (xx * yy);
    }
}
