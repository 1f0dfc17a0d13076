namespace FastRnn.Training;

/// <summary>How long a run is, and what belongs to it besides its steps.</summary>
public sealed class TrainingLoopOptions
{
    /// <summary>The number of the last step, counted by <see cref="Trainer{TModel}.StepCount"/>; null leaves it to
    /// <see cref="Epochs"/>.</summary>
    public long? Steps { get; init; }

    /// <summary>How often all batches are read; null leaves it to <see cref="Steps"/>. If both are given, the run ends with the
    /// first.</summary>
    public long? Epochs { get; init; }

    /// <summary>Batches that make one step (gradient accumulation), at least 1: the step of one batch of all their sequences, whatever
    /// number of positions each has. The last step of an epoch takes what is left.</summary>
    public int BatchesPerStep { get; init; } = 1;

    /// <summary>The learning rate of each step; null leaves the optimizer's as it is. One schedule serves one run.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Measures the loss on what is not learned. It must not change the trainer.</summary>
    public Func<double>? Validate { get; init; }

    /// <summary>Steps from one measurement to the next, at least 0; 0 measures at the end of each epoch.</summary>
    public int ValidateEvery { get; init; }

    /// <summary>When to end before the last step; null does not. One rule serves one run at a time: the next one
    /// begins with it anew.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The file from which <see cref="TrainingLoop{TModel}.Resume"/> goes on; null writes none. It is replaced as a whole, and
    /// holds everything.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps from one checkpoint to the next, at least 0; 0 writes one at the end of each epoch. There is one at the end of the
    /// run in any case.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>The longest time from one checkpoint to the next; null sets no limit.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Texts to keep with the checkpoint, such as vocabularies.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Called in their order.</summary>
    public IReadOnlyList<ITrainingCallback> Callbacks { get; init; } = [];

    internal void Check()
    {
        if (Steps is null && Epochs is null)
            throw new ArgumentException("Expected a number of steps or epochs, got none.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps ?? 1, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs ?? 1, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchesPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValidateEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(CheckpointEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointInterval ?? TimeSpan.Zero, TimeSpan.Zero, nameof(CheckpointInterval));
        ArgumentNullException.ThrowIfNull(Callbacks);
        if (Validate is null && (EarlyStopping is not null || Schedule?.NeedsValidation == true))
            throw new ArgumentException("Early stopping, or a schedule that waits for a plateau, needs a validation loss: set Validate.");
    }
}
