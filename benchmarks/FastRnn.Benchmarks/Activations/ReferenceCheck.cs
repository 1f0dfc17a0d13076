using FastRnn.Benchmarks.Comparison;

namespace FastRnn.Benchmarks.Activations;

/// <summary>Holds the vectorized reference in double against the scalar library, on a sample of all floats.</summary>
internal static class ReferenceCheck
{
    private const int Samples = 1 << 20;

    // A millionth of an ulp of a float is 6e-14.
    private const double Tolerance = 1e-12;

    // Below it doubles lose digits themselves, and no float is near.
    private const double Tiny = 1e-300;

    /// <summary>The largest relative difference.</summary>
    /// <exception cref="InvalidOperationException">It is too large: no error would mean anything.</exception>
    public static double Run(MeasuredFunction function)
    {
        var random = new Random(1);
        var x = new float[Samples];
        for (var i = 0; i < x.Length; i++)
        {
            // All bits, and the middle once more.
            x[i] = i % 2 == 0
                ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : (random.NextSingle() - 0.5f) * 200;
        }

        ((float[])[0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon])
            .CopyTo(x, 0);
        var exact = new double[x.Length];
        function.Exact(x, exact);
        var largest = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var check = function.Check(x[i]);
            if (check.Equals(exact[i]) || Math.Max(Math.Abs(check), Math.Abs(exact[i])) < Tiny)
            {
                continue;
            }

            var difference = Math.Abs((exact[i] - check) / check);
            if (!(difference <= Tolerance))
            {
                throw new InvalidOperationException(
                    Figures.Invariant($"{function.Name}({x[i]:R}): the reference says {exact[i]:R}, the scalar library {check:R}."));
            }

            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
