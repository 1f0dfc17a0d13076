namespace FastRnn.Samples.Common;

/// <summary>Brings each series to mean 0 and variance 1, with the numbers of what is learnt from alone.</summary>
internal sealed class Standardize
{
    private readonly double[] means, deviations;

    private Standardize(double[] means, double[] deviations) => (this.means, this.deviations) = (means, deviations);

    /// <summary>Measures <c>[T, series]</c>.</summary>
    public static Standardize Fit(ReadOnlySpan<float> x, int series)
    {
        var (means, deviations) = (new double[series], new double[series]);
        for (var k = 0; k < series; k++)
        {
            double sum = 0, squares = 0;
            for (var i = k; i < x.Length; i += series)
            {
                sum += x[i];
                squares += (double)x[i] * x[i];
            }

            var count = x.Length / series;
            means[k] = sum / count;
            deviations[k] = Math.Sqrt(squares / count - means[k] * means[k]);
        }

        return new Standardize(means, deviations);
    }

    /// <summary>Changes <c>[T, series]</c> in its place.</summary>
    public void Apply(Span<float> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (float)((x[i] - means[i % means.Length]) / deviations[i % means.Length]);
        }
    }
}
