namespace FastRnn.Training;

/// <summary>Where a run is.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Steps done, those before a checkpoint included.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch of the last step, from 0.</summary>
    public required long Epoch { get; init; }

    /// <summary>Steps done of this epoch, from 1 to <see cref="StepsPerEpoch"/>.</summary>
    public required int StepOfEpoch { get; init; }

    /// <summary>Steps of an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The share of the whole run that is done, 0 to 1; early stopping may end it sooner.</summary>
    public required double Done { get; init; }

    /// <summary>What the last step found out.</summary>
    public required TrainingResult Result { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The mean of <see cref="TrainingResult.LossPerPosition"/> over this epoch's steps so far, without those of which nothing
    /// counted (<see cref="TrainingResult.Weight"/>).</summary>
    public required double EpochLoss { get; init; }

    /// <summary>The validation loss when it was last measured.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>The last measurement, with its metrics; null if there was none. Its step is this one's, where this step was
    /// measured.</summary>
    public required ValidationResult? Validation { get; init; }
}
