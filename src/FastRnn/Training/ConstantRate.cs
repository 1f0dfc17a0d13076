namespace FastRnn.Training;

/// <summary>The same learning rate for every step.</summary>
/// <param name="rate">At least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
public sealed class ConstantRate(double rate) : LearningRateSchedule
{
    private readonly double rate = CheckRate(rate, nameof(rate));

    /// <inheritdoc/>
    public override double At(long step) => rate;

    /// <summary>Kind and numbers.</summary>
    public override string ToString() => Text($"ConstantRate({rate:r})");
}
