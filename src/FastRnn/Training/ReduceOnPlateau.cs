namespace FastRnn.Training;

/// <summary>The learning rate is multiplied by a factor where the validation loss has not become smaller for more than some measurements:
/// PyTorch's <c>ReduceLROnPlateau</c> with a relative threshold.</summary>
public sealed class ReduceOnPlateau : LearningRateSchedule
{
    private readonly double first;
    private readonly double factor;
    private readonly int patience;
    private readonly double threshold;
    private readonly int cooldown;
    private readonly double minimum;
    private double rate;
    private double best = double.PositiveInfinity;
    private int bad;
    private int resting;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The first rate, at least 0.</param>
    /// <param name="factor">What it is multiplied by, above 0, at most 1.</param>
    /// <param name="patience">Measurements without progress that are put up with, at least 0.</param>
    /// <param name="threshold">What counts as progress: a loss below <c>best * (1 - threshold)</c>; from 0 to below 1.</param>
    /// <param name="cooldown">Measurements after a reduction that do not count, at least 0.</param>
    /// <param name="minimum">The smallest rate, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ReduceOnPlateau(
        double rate, double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double minimum = 0)
    {
        this.rate = first = CheckRate(rate, nameof(rate));
        this.factor = CheckFactor(factor, nameof(factor));
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        this.patience = patience;
        this.threshold = threshold is >= 0 and < 1
            ? threshold
            : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number from 0 up to, but not including, 1.");
        this.cooldown = cooldown;
        this.minimum = CheckRate(minimum, nameof(minimum));
    }

    /// <inheritdoc/>
    public override bool NeedsValidation => true;

    /// <inheritdoc/>
    public override double At(long step) => rate;

    /// <inheritdoc/>
    public override void Report(double loss)
    {
        if (loss < best * (1 - threshold))
        {
            best = loss;
            bad = 0;
        }
        else
        {
            bad++;
        }

        if (resting > 0)
        {
            resting--;
            bad = 0;
        }

        if (bad > patience)
        {
            rate = Math.Min(rate, Math.Max(rate * factor, minimum));
            resting = cooldown;
            bad = 0;
        }
    }

    /// <summary>Kind and numbers.</summary>
    public override string ToString() =>
        Text($"ReduceOnPlateau({first:r}, {factor:r}, {patience}, {threshold:r}, {cooldown}, {minimum:r})");

    /// <inheritdoc/>
    protected internal override double[] SaveState() => [rate, best, bad, resting];

    /// <inheritdoc/>
    protected internal override void RestoreState(ReadOnlySpan<double> state)
    {
        CheckState(state, 4);
        if (!double.IsFinite(state[0]) || state[0] < 0 || double.IsNaN(state[1]) || state[2] is not (>= 0 and <= int.MaxValue)
            || state[3] is not (>= 0 and <= int.MaxValue))
            throw new FormatException($"expected rate, best loss and two counts, got {string.Join(' ', state.ToArray())}");
        (rate, best, bad, resting) = (state[0], state[1], (int)state[2], (int)state[3]);
    }
}
