using FastRnn.Cli.Models;

namespace FastRnn.Cli.Search;

/// <summary>What the user asked for.</summary>
internal sealed record SearchRequest
{
    /// <summary>So many candidates nobody waits for.</summary>
    public const int MostCandidates = 1024;

    public string? File { get; init; }

    public required IReadOnlyList<ByteModelRequest> Models { get; init; }

    public required IReadOnlyList<float> LearningRates { get; init; }

    public long? Steps { get; init; }

    public double? Seconds { get; init; }

    public required int Seed { get; init; }

    public required int BatchSize { get; init; }

    public required int SequenceLength { get; init; }

    public int Threads { get; init; }

    public required string Out { get; init; }

    public bool Json { get; init; }
}
