using System.Globalization;

namespace FastRnn.Samples.Common;

/// <summary>One turn of a training loop.</summary>
internal readonly struct TrainingStep(Progress progress, string phase, int number, double fraction)
{
    /// <summary>From 0.</summary>
    public int Number { get; } = number;

    /// <summary>How much of the training is done: 0 at the first step, towards 1 at the last.</summary>
    public double Fraction { get; } = fraction;

    /// <summary>A learning rate that stays high for long and then falls along a cosine (Loshchilov and Hutter 2017, without
    /// restarts).</summary>
    /// <param name="peak">At the first step.</param>
    /// <param name="last">At the end.</param>
    public float Cosine(double peak, double last) => (float)(last + (peak - last) * (1 + Math.Cos(Math.PI * Fraction)) / 2);

    /// <summary>Tells the user where training is, not more often than one can read.</summary>
    /// <param name="what">What the number is: <c>loss</c>.</param>
    /// <param name="value">The number.</param>
    public void Show(string what, double value)
    {
        if (progress.IsDue)
        {
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{phase}{Fraction,6:p0}  step {Number + 1}  {what} {value:g4}"));
        }
    }
}
