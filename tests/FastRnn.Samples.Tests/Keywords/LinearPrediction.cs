namespace FastRnn.Samples.Tests.Keywords;

/// <summary>Formants of a sound, found without knowing how it was made: linear prediction (Makhoul 1975) by autocorrelation and Levinson's
/// and Durbin's recursion, and the peaks of its envelope.</summary>
internal static class LinearPrediction
{
    private const int Order = 18;

    public static List<double> Formants(ReadOnlySpan<float> sound, int rate)
    {
        var x = new double[sound.Length];
        for (var t = 1; t < x.Length; t++)
        {
            x[t] = (sound[t] - 0.97 * sound[t - 1]) * (0.54 - 0.46 * Math.Cos(2 * Math.PI * t / (x.Length - 1)));
        }

        var r = Enumerable.Range(0, Order + 1).Select(lag => Enumerable.Range(lag, x.Length - lag).Sum(t => x[t] * x[t - lag])).ToArray();
        var a = new double[Order + 1];
        (a[0], var error) = (1, r[0] * (1 + 1e-9));
        for (var i = 1; i <= Order; i++)
        {
            var reflection = -Enumerable.Range(0, i).Sum(j => a[j] * r[i - j]) / error;
            var old = a.ToArray();
            for (var j = 1; j <= i; j++)
            {
                a[j] += reflection * old[i - j];
            }

            error *= 1 - reflection * reflection;
        }

        const int Step = 10;
        var envelope = Enumerable.Range(0, rate / 2 / Step).Select(i => 1 / Magnitude(a, 2 * Math.PI * Step * i / rate)).ToArray();
        return [.. Enumerable.Range(15, envelope.Length - 16)
            .Where(i => envelope[i] > envelope[i - 1] && envelope[i] >= envelope[i + 1]).Select(i => (double)(Step * i))];
    }

    private static double Magnitude(double[] a, double angle)
    {
        double re = 0, im = 0;
        for (var i = 0; i < a.Length; i++)
        {
            (re, im) = (re + a[i] * Math.Cos(angle * i), im + a[i] * Math.Sin(angle * i));
        }

        return Math.Sqrt(re * re + im * im);
    }
}
