namespace FastRnn.Samples.Audio;

/// <summary>How far a model's sound is from the teacher's.</summary>
internal static class Signals
{
    /// <summary>The error-to-signal ratio, <c>sum((target - y)^2) / sum(target^2)</c>, after the pre-emphasis <c>1 - p z^-1</c>: Wright,
    /// Damskagg, Juvela and Valimaki, "Real-time guitar amplifier emulation with deep learning" (2020), who take p = 0.85; 0 leaves the
    /// signals as they are.</summary>
    public static double ErrorToSignal(ReadOnlySpan<float> y, ReadOnlySpan<float> target, double preEmphasis = 0)
    {
        double error = 0, signal = 0, lastDifference = 0, lastTarget = 0;
        for (var t = 0; t < y.Length; t++)
        {
            var difference = (double)target[t] - y[t];
            error += Square(difference - preEmphasis * lastDifference);
            signal += Square(target[t] - preEmphasis * lastTarget);
            (lastDifference, lastTarget) = (difference, target[t]);
        }

        return error / signal;
    }

    /// <summary>The root of the mean square: how loud a sound is.</summary>
    public static double Loudness(ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        foreach (var sample in y)
        {
            sum += Square(sample);
        }

        return Math.Sqrt(sum / y.Length);
    }

    private static double Square(double value) => value * value;
}
