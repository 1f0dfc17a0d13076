namespace FastRnn.Cli.Bench;

/// <summary>What is measured, and how long.</summary>
/// <param name="Model">A folder, or a C# file.</param>
/// <param name="BatchSize">Sequences of a batch.</param>
/// <param name="SequenceLength">Their steps; also those of a block of a stream.</param>
/// <param name="Threads">A column for each number; 0 is all processors.</param>
/// <param name="Seconds">For each number of the table.</param>
/// <param name="Json">Whether the last line is JSON.</param>
internal sealed record BenchRequest(
    string Model, int BatchSize, int SequenceLength, IReadOnlyList<int> Threads, double Seconds, bool Json)
{
    public const int DefaultBatchSize = 64, DefaultSequenceLength = 32;
    public const double DefaultSeconds = 1;

    /// <summary>Beyond it nothing is learned about speed.</summary>
    public const int LargestSize = 65_536;
}
