namespace FastRnn.Training;

/// <summary>The first steps are smaller: another schedule times <c>min(1, (step + 1) / steps)</c>. The other schedule's steps are counted
/// along, not from the end of the warm-up.</summary>
/// <param name="inner">The schedule that goes on.</param>
/// <param name="steps">How long it takes to rise, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
public sealed class Warmup(LearningRateSchedule inner, long steps) : LearningRateSchedule
{
    private readonly LearningRateSchedule inner = inner ?? throw new ArgumentNullException(nameof(inner));
    private readonly long steps = CheckSteps(steps, nameof(steps));

    /// <inheritdoc/>
    public override bool NeedsValidation => inner.NeedsValidation;

    /// <summary>What the rate of a step is multiplied by.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">How long it takes to rise.</param>
    public static double FactorAt(long step, long steps) => Math.Min(1, (step + 1.0) / steps);

    /// <inheritdoc/>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return inner.At(step) * FactorAt(step, steps);
    }

    /// <inheritdoc/>
    public override void Report(double loss) => inner.Report(loss);

    /// <summary>Kind and numbers.</summary>
    public override string ToString() => Text($"Warmup({inner}, {steps})");

    /// <inheritdoc/>
    protected internal override double[] SaveState() => inner.SaveState();

    /// <inheritdoc/>
    protected internal override void RestoreState(ReadOnlySpan<double> state) => inner.RestoreState(state);
}
