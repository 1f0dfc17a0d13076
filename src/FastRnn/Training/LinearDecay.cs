namespace FastRnn.Training;

/// <summary>The learning rate falls in a straight line from one value to another, and stays there: PyTorch's <c>LinearLR</c>.</summary>
/// <param name="rate">The first rate, at least 0.</param>
/// <param name="steps">Steps of the fall, at least 1.</param>
/// <param name="final">The last rate, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class LinearDecay(double rate, long steps, double final = 0) : LearningRateSchedule
{
    private readonly double rate = CheckRate(rate, nameof(rate));
    private readonly long steps = CheckSteps(steps, nameof(steps));
    private readonly double final = CheckRate(final, nameof(final));

    /// <inheritdoc/>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Between(rate, final, (double)Math.Min(step, steps) / steps);
    }

    /// <summary>The rate where a share of the way is done: for a run whose end is a time and not a step.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="final">The last rate.</param>
    /// <param name="done">0 to 1.</param>
    public static double Between(double rate, double final, double done) => rate - ((rate - final) * done);

    /// <summary>Kind and numbers.</summary>
    public override string ToString() => Text($"LinearDecay({rate:r}, {steps}, {final:r})");
}
