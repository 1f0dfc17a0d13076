namespace FastRnn.Training;

/// <summary>The learning rate is multiplied by a factor every so many steps: <c>rate * factor^floor(step / every)</c>, PyTorch's
/// <c>StepLR</c>.</summary>
/// <param name="rate">The first rate, at least 0.</param>
/// <param name="every">At least 1.</param>
/// <param name="factor">Above 0, at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class StepDecay(double rate, long every, double factor = 0.1) : LearningRateSchedule
{
    private readonly double rate = CheckRate(rate, nameof(rate));
    private readonly long every = CheckSteps(every, nameof(every));
    private readonly double factor = CheckFactor(factor, nameof(factor));

    /// <inheritdoc/>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var result = rate;

        // By squaring: the framework's power is the platform's, and may differ in its last bit.
        for (var (power, n) = (factor, step / every); n > 0; power *= power, n >>= 1)
            result *= (n & 1) == 1 ? power : 1;
        return result;
    }

    /// <summary>Kind and numbers.</summary>
    public override string ToString() => Text($"StepDecay({rate:r}, {every}, {factor:r})");
}
