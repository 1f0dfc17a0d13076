namespace FastRnn.Training;

/// <summary>A measurement on what is not learned, and where the run was.</summary>
public sealed record ValidationResult
{
    /// <summary>Steps that were done.</summary>
    public required long Step { get; init; }

    /// <summary>The validation loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean training loss of a position over the epoch's steps so far.</summary>
    public required double EpochLoss { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Whether it was the best so far.</summary>
    public required bool IsBest { get; init; }

    /// <summary><see cref="TrainingLoopOptions.Metrics"/> by their names; empty if there are none.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Whether all numbers are the same.</summary>
    /// <param name="other">Another measurement.</param>
    public bool Equals(ValidationResult? other) => other is not null && (Step, Loss, EpochLoss, LearningRate, IsBest)
        .Equals((other.Step, other.Loss, other.EpochLoss, other.LearningRate, other.IsBest)) && Metrics.Count == other.Metrics.Count
        && Metrics.All(metric => other.Metrics.TryGetValue(metric.Key, out var value) && value.Equals(metric.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, Loss, EpochLoss, LearningRate, IsBest);
}
