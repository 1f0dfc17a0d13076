using FastRnn.Kernels;

namespace FastRnn.Inference;

/// <summary>What searches add up, in double precision and with the same bits on every machine.</summary>
internal static class LogProbabilities
{
    /// <summary>The logarithms of the probabilities of classes.</summary>
    /// <param name="row">Logits, or logarithms of probabilities.</param>
    /// <param name="logs">Receives them.</param>
    /// <param name="areProbabilities">Whether the row holds probabilities instead.</param>
    /// <exception cref="ArgumentException">A number is NaN or plus infinity.</exception>
    public static void Of(ReadOnlySpan<float> row, Span<double> logs, bool areProbabilities = false)
    {
        double largest = row[Sampler.MostProbable(row)];
        var sum = 0.0;
        for (var k = 0; k < row.Length; k++)
        {
            logs[k] = areProbabilities ? DoubleMath.Log(row[k]) : row[k];
            sum += areProbabilities ? 0 : DoubleMath.Exp(row[k] - largest);
        }

        var norm = areProbabilities ? 0 : largest + DoubleMath.Log(sum);
        for (var k = 0; k < row.Length; k++)
        {
            logs[k] -= norm;
        }
    }
}
