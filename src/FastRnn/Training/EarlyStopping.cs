using System.Globalization;

namespace FastRnn.Training;

/// <summary>Ends a run whose validation loss, or another metric, has not become better for some measurements (Prechelt, "Early Stopping -
/// But When?", 1998), as Keras' callback of this name.</summary>
public sealed class EarlyStopping
{
    /// <summary>Creates the rule.</summary>
    /// <param name="patience">Measurements in a row without progress after which the run ends, at least 1.</param>
    /// <param name="minDelta">How much better than the best a measurement must be to count as progress, at least 0.</param>
    /// <param name="restoreBest">Whether the model gets the parameters of the best measurement when the run ends.</param>
    /// <param name="metric">What it looks at, and which way is better; null takes the validation loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public EarlyStopping(int patience, double minDelta = 0, bool restoreBest = true, Metric? metric = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        Patience = patience;
        MinDelta = double.IsFinite(minDelta) && minDelta >= 0
            ? minDelta
            : throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "Expected a finite number, at least 0.");
        (RestoreBest, Metric) = (restoreBest, metric);
        Best = None;
    }

    /// <summary>Measurements in a row without progress after which the run ends.</summary>
    public int Patience { get; }

    /// <summary>How much better than the best a measurement must be to count as progress.</summary>
    public double MinDelta { get; }

    /// <summary>Whether the model gets the parameters of the best measurement when the run ends.</summary>
    public bool RestoreBest { get; }

    /// <summary>What it looks at; null is the validation loss.</summary>
    public Metric? Metric { get; }

    /// <summary>The best measurement so far; infinite, and worse than any number, if there is none.</summary>
    public double Best { get; private set; }

    /// <summary>The steps that were done when it was measured.</summary>
    public long BestStep { get; private set; }

    /// <summary>Measurements since then.</summary>
    public int Waited { get; private set; }

    /// <summary>Whether the run should end.</summary>
    public bool ShouldStop => Waited >= Patience;

    /// <summary>What <see cref="Best"/> is before the first measurement.</summary>
    internal double None => Metric?.Worst ?? double.PositiveInfinity;

    /// <summary>Tells a validation loss, or what <see cref="Metric"/> says.</summary>
    /// <param name="value">Of a loss, smaller is better; NaN is no progress.</param>
    /// <param name="step">Steps done so far.</param>
    /// <returns>Whether it is the best so far.</returns>
    public bool Report(double value, long step)
    {
        if (Metric is { IsLargerBetter: true } ? value > Best + MinDelta : value < Best - MinDelta)
        {
            (Best, BestStep, Waited) = (value, step, 0);
            return true;
        }

        Waited++;
        return false;
    }

    /// <summary>The rule in words, without what it remembers.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"EarlyStopping({Patience}, {MinDelta:r}, {RestoreBest}{(Metric is null ? "" : $", {Metric}")})");

    /// <summary>Goes on from what a checkpoint remembers.</summary>
    internal void Restore(double best, long bestStep, int waited) => (Best, BestStep, Waited) = (best, bestStep, waited);
}
