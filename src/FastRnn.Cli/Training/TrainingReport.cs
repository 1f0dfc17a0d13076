namespace FastRnn.Cli.Training;

/// <summary>What came out: the line of <c>--json</c>. Losses are nats a byte.</summary>
internal sealed record TrainingReport
{
    /// <summary><c>finished</c>, <c>interrupted</c> or <c>diverged</c>.</summary>
    public required string Outcome { get; init; }

    public required string Cell { get; init; }

    /// <summary>All steps of the model, those of earlier runs included.</summary>
    public required long Steps { get; init; }

    /// <summary>The mean over the last steps; null if there were none.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>At the end; null if it is not a finite number.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Bytes learned in a second of training steps.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>On all threads of the process, a step, after the first two; null if there were no more.</summary>
    public required double? AllocatedBytesPerStep { get; init; }

    /// <summary>From the command's begin to its end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Where the model is.</summary>
    public required string Model { get; init; }
}
