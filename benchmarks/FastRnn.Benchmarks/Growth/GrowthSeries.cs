namespace FastRnn.Benchmarks.Growth;

/// <summary>One kind of work along an axis.</summary>
/// <param name="Sweep">The axis: T, B, layers, H, threads.</param>
/// <param name="Title">What is fixed.</param>
/// <param name="Work">training, inference or stream.</param>
/// <param name="IsLinear">Whether the cost should grow in proportion.</param>
/// <param name="Points">Ascending.</param>
internal sealed record GrowthSeries(string Sweep, string Title, string Work, bool IsLinear, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>r^2 of the best straight line; null where none is expected.</summary>
    public double? RSquared => IsLinear ? LinearFit.RSquared(Points) : null;
}
