namespace FastRnn.Benchmarks.Growth;

/// <summary>A measurement.</summary>
/// <param name="X">T, B, layers, H or threads.</param>
/// <param name="Ns">Median of an iteration; of a step for one stream.</param>
/// <param name="PeakNs">What the FMA peak of as many cores would need.</param>
internal sealed record GrowthPoint(int X, double Ns, double PeakNs);
