using FastRnn.Cli.Models;

namespace FastRnn.Cli.Training;

/// <summary>What the user asked for; null is what was not said.</summary>
internal sealed record TrainingRequest
{
    public string? File { get; init; }

    public ByteModelRequest Model { get; init; } = new();

    public long? Steps { get; init; }

    public double? Seconds { get; init; }

    public int? Seed { get; init; }

    public int? BatchSize { get; init; }

    public int? SequenceLength { get; init; }

    public float? LearningRate { get; init; }

    public int Threads { get; init; }

    public string? Out { get; init; }

    public string? Resume { get; init; }

    public bool Json { get; init; }
}
