namespace FastRnn.Benchmarks.Formats;

/// <summary>A measurement.</summary>
/// <param name="Shape">The model, the batch, the steps of a call, threads.</param>
/// <param name="Ns">A step of all sequences in single precision, as bfloat16 and as int8.</param>
/// <param name="Goal">What single precision over int8 must reach; 0 if it is only shown.</param>
/// <param name="AllocatedBytes">In all turns.</param>
internal sealed record FormatRow(string Shape, IReadOnlyList<double> Ns, double Goal, long AllocatedBytes);
