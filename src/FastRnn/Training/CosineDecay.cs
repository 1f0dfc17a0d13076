namespace FastRnn.Training;

/// <summary>The learning rate falls along half a wave, <c>minimum + (rate - minimum) (1 + cos(pi step / steps)) / 2</c>, and stays at the
/// minimum: cosine annealing (Loshchilov and Hutter, "SGDR", 2017) without restarts, PyTorch's <c>CosineAnnealingLR</c>.</summary>
/// <param name="rate">The first rate, at least 0.</param>
/// <param name="steps">Steps of the fall, at least 1.</param>
/// <param name="minimum">The last rate, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class CosineDecay(double rate, long steps, double minimum = 0) : LearningRateSchedule
{
    private readonly double rate = CheckRate(rate, nameof(rate));
    private readonly long steps = CheckSteps(steps, nameof(steps));
    private readonly double minimum = CheckRate(minimum, nameof(minimum));

    /// <inheritdoc/>
    public override double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step >= steps ? minimum : minimum + ((rate - minimum) * (1 + CosineOfPi((double)step / steps)) / 2);
    }

    /// <summary>Kind and numbers.</summary>
    public override string ToString() => Text($"CosineDecay({rate:r}, {steps}, {minimum:r})");

    /// <summary>cos(pi x) for x from 0 to 1, by its series: the framework's is the platform's, and may differ in its last bit.</summary>
    internal static double CosineOfPi(double x)
    {
        if (x > 0.5)
            return -CosineOfPi(1 - x);

        // Up to (pi / 2)^26 / 26!, which is below the last bit of the sum.
        var square = Math.PI * x * (Math.PI * x);
        var sum = 1.0;
        for (var n = 26; n >= 2; n -= 2)
            sum = 1 - (square / (n * (n - 1)) * sum);
        return sum;
    }
}
