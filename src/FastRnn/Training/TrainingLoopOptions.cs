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

    /// <summary>Measures the loss on what is not learned: <c>() => evaluator.MeanLoss(held)</c>. It must not change the trainer.</summary>
    public Func<double>? Validate { get; init; }

    /// <summary>In place of <see cref="Validate"/>: measures metrics as well, into the object that it gets, cleared, and returns the loss:
    /// <c>metrics => evaluator.MeanLoss(held, metrics)</c>. Of a model with classes that object has a confusion matrix, if
    /// <see cref="Metrics"/> or early stopping may look at one and there are at most 4096 classes.</summary>
    public Func<EvaluationMetrics, double>? Measure { get; init; }

    /// <summary>What <see cref="Measure"/> finds out that is told (<see cref="TrainingProgress.Validation"/>) and kept
    /// (<see cref="TrainingLoopResult.History"/>, also in the checkpoint); names all different.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

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
        ArgumentNullException.ThrowIfNull(Metrics);
        if (Validate is not null && Measure is not null)
            throw new ArgumentException("Validate and Measure: expected one of them, got both.");
        if (Validate is null && Measure is null && (EarlyStopping is not null || Schedule?.NeedsValidation == true))
            throw new ArgumentException(
                "Early stopping, or a schedule that waits for a plateau, needs a validation loss: set Validate or Measure.");
        if (Measure is null && (Metrics.Count > 0 || EarlyStopping?.Metric is not null))
            throw new ArgumentException("Metrics, and early stopping on one, need more than a loss: set Measure in place of Validate.");
        if (Metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Metrics: expected names that are all different, got '{twice.Key}' twice.");
    }
}
