using FastRnn.Parameters;

namespace FastRnn.Samples.Memory;

/// <summary>A long row of numbers, two of which are marked: what is their sum? (Hochreiter and Schmidhuber 1997, in the form of Le, Jaitly
/// and Hinton 2015.) Who always says 1 makes a mean squared error of 1/6: <see cref="ErrorWithoutMemory"/>.</summary>
internal static class AddingTask
{
    /// <summary>Numbers a step: the number and its mark.</summary>
    public const int Inputs = 2;

    /// <summary>The variance of the sum of two numbers that are uniform from 0 to 1.</summary>
    public const double ErrorWithoutMemory = 1.0 / 6;

    /// <summary>Makes a batch.</summary>
    /// <param name="random">Where numbers and marks come from.</param>
    /// <param name="steps">T, at least 2: one mark stands in each half.</param>
    /// <param name="batch">B.</param>
    /// <param name="x">Receives <c>[T, B, 2]</c>: numbers uniform from 0 to 1, and marks.</param>
    /// <param name="sums">Receives <c>[B]</c>: the target at the last step.</param>
    public static void Fill(RandomSource random, int steps, int batch, Span<float> x, Span<float> sums)
    {
        for (var i = 0; i < steps * batch; i++)
        {
            x[i * Inputs] = random.NextSingle();
            x[i * Inputs + 1] = 0;
        }

        var half = steps / 2;
        for (var row = 0; row < batch; row++)
        {
            var first = (random.NextInt(half) * batch + row) * Inputs;
            var second = ((half + random.NextInt(steps - half)) * batch + row) * Inputs;
            x[first + 1] = x[second + 1] = 1;
            sums[row] = x[first] + x[second];
        }
    }
}
