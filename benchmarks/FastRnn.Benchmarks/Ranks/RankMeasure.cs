namespace FastRnn.Benchmarks.Ranks;

/// <summary>What a rank has measured: a line of its output.</summary>
/// <param name="Rank">Which.</param>
/// <param name="StepNs">The median of its steps.</param>
/// <param name="Bytes">Managed bytes that its process allocated in all of these steps.</param>
/// <param name="Loss">Of the first step, so that sides can be compared.</param>
/// <param name="ExchangeNs">A gradient to the last rank and back, slice by slice, with no work between; 0 of a rank alone.</param>
internal sealed record RankMeasure(int Rank, double StepNs, long Bytes, double Loss, double ExchangeNs = 0);
