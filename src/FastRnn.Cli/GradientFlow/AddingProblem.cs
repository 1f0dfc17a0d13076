namespace FastRnn.Cli.GradientFlow;

/// <summary>The adding problem (Hochreiter and Schmidhuber 1997): a sequence of numbers, two of which are marked, one in each half; the
/// answer after the last step is their sum. Whoever always says 1 is off by a squared error of 1/6.</summary>
/// <param name="length">T.</param>
/// <param name="batch">B.</param>
/// <param name="seed">Of the numbers.</param>
internal sealed class AddingProblem(int length, int batch, int seed)
{
    /// <summary>The squared error of the constant 1.</summary>
    public const double Baseline = 1.0 / 6;

    private readonly Random random = new(seed);

    /// <summary><c>[T, B, 2]</c>: number and mark.</summary>
    public float[] X { get; } = new float[length * batch * 2];

    /// <summary><c>[B]</c>: the sums.</summary>
    public float[] Answers { get; } = new float[batch];

    /// <summary>Other numbers.</summary>
    public void Next()
    {
        for (var i = 0; i < X.Length; i += 2)
        {
            (X[i], X[i + 1]) = (random.NextSingle(), 0);
        }

        for (var row = 0; row < batch; row++)
        {
            var first = ((random.Next(length / 2) * batch) + row) * 2;
            var second = (((length / 2) + random.Next(length - (length / 2))) * batch + row) * 2;
            X[first + 1] = X[second + 1] = 1;
            Answers[row] = X[first] + X[second];
        }
    }
}
