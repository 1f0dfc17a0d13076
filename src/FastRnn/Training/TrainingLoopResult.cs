namespace FastRnn.Training;

/// <summary>How a run ended.</summary>
/// <param name="End">Why.</param>
/// <param name="Steps">Steps done, those before a checkpoint included.</param>
/// <param name="ValidationLoss">The validation loss when it was last measured.</param>
/// <param name="Best">The best validation loss, or the best number of <see cref="EarlyStopping.Metric"/>.</param>
/// <param name="BestStep">The steps that were done when it was measured; 0 if it never was.</param>
/// <param name="HasBest">Whether the model has the parameters of that step now, and not those of the last one.</param>
public sealed record TrainingLoopResult(TrainingEnd End, long Steps, double? ValidationLoss, double? Best, long BestStep, bool HasBest)
{
    /// <summary>All measurements in their order, those before a checkpoint included.</summary>
    public IReadOnlyList<ValidationResult> History { get; init; } = [];

    /// <summary>Whether all numbers are the same.</summary>
    /// <param name="other">How another run ended.</param>
    public bool Equals(TrainingLoopResult? other) => other is not null && (End, Steps, ValidationLoss, Best, BestStep, HasBest)
        .Equals((other.End, other.Steps, other.ValidationLoss, other.Best, other.BestStep, other.HasBest))
        && History.SequenceEqual(other.History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(End, Steps, ValidationLoss, Best, BestStep, HasBest);
}
