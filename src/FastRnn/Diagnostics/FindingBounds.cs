namespace FastRnn.Diagnostics;

/// <summary>What counts as an explosion; by default only what is no finite number does.</summary>
public sealed record FindingBounds
{
    /// <summary>The largest norm of a state, for one row of the batch.</summary>
    public double StateNorm { get; init; } = double.PositiveInfinity;

    /// <summary>The largest norm of the gradient of a state, over all rows of the batch.</summary>
    public double GradientNorm { get; init; } = double.PositiveInfinity;
}
