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
        if (!IsReached(state[0]) || double.IsNaN(state[1]) || !IsCount(state[2], patience) || !IsCount(state[3], cooldown))
            throw new FormatException(
                $"expected a rate that it reaches, a best loss and two counts, got {string.Join(' ', state.ToArray())}");
        (rate, best, bad, resting) = (state[0], state[1], (int)state[2], (int)state[3]);
    }

    private static bool IsCount(double value, int most) => value >= 0 && value <= most && Math.Floor(value) == value;

    /// <summary>Whether a rate is the first one, reduced some times.</summary>
    private bool IsReached(double value)
    {
        var reached = first;
        while (reached != value)
        {
            var next = Math.Min(reached, Math.Max(reached * factor, minimum));
            if (next == reached || !(value < reached))
                return false;

            reached = next;
        }

        return true;
    }
}
