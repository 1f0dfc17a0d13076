using System.Globalization;

namespace FastRnn.Training;

/// <summary>The learning rate of each step: a function of the step's number, and perhaps of the validation losses reported so far. Made of
/// operations that IEEE 754 fixes, so that a run has the same bits on every machine.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>Whether it does nothing without validation losses.</summary>
    public virtual bool NeedsValidation => false;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">How many steps were done before it, from 0.</param>
    public abstract double At(long step);

    /// <summary>Tells a validation loss, as soon as it is known.</summary>
    /// <param name="loss">Smaller is better; NaN is the worst.</param>
    public virtual void Report(double loss)
    {
    }

    /// <summary>What it remembers of the losses reported, for a checkpoint.</summary>
    protected internal virtual double[] SaveState() => [];

    /// <summary>Goes on where <see cref="SaveState"/> stopped.</summary>
    /// <param name="state">What that returned.</param>
    /// <exception cref="FormatException">It is nothing that this schedule saves.</exception>
    protected internal virtual void RestoreState(ReadOnlySpan<double> state) => CheckState(state, 0);

    private protected static void CheckState(ReadOnlySpan<double> state, int expected)
    {
        if (state.Length != expected)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"expected {expected} numbers, got {state.Length}"));
    }

    private protected static double CheckRate(double rate, string name) => double.IsFinite(rate) && rate >= 0
        ? rate
        : throw new ArgumentOutOfRangeException(name, rate, "Expected a finite number, at least 0.");

    private protected static double CheckFactor(double factor, string name) => factor is > 0 and <= 1
        ? factor
        : throw new ArgumentOutOfRangeException(name, factor, "Expected a number above 0, at most 1.");

    private protected static long CheckSteps(long steps, string name) => steps >= 1
        ? steps
        : throw new ArgumentOutOfRangeException(name, steps, "Expected at least 1 step.");

    private protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
