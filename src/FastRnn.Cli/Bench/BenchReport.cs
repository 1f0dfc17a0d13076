namespace FastRnn.Cli.Bench;

/// <summary>The line of <c>--json</c>.</summary>
/// <param name="Model">The class.</param>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="MultiplyAdds">Of one step of one sequence, forward.</param>
/// <param name="Width">Bits of a vector.</param>
/// <param name="Processors">That this process may use.</param>
/// <param name="BatchSize">Sequences of a batch.</param>
/// <param name="SequenceLength">Their steps.</param>
/// <param name="Rows">The table.</param>
internal sealed record BenchReport(
    string Model, int Parameters, long MultiplyAdds, int Width, int Processors, int BatchSize, int SequenceLength,
    IReadOnlyList<BenchRow> Rows);
