using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastRnn.Parameters;

/// <summary>Random orthogonal matrices: normally distributed numbers made orthonormal by Gram and Schmidt, which is uniform over all
/// such matrices (Stewart 1980).</summary>
internal static class OrthogonalMatrix
{
    /// <summary>Fills a matrix with orthonormal rows or, if there are fewer columns than rows, orthonormal columns.</summary>
    /// <param name="values"><c>[rows, columns]</c>, row-major.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="factor">What every element is multiplied by in the end.</param>
    /// <param name="source">Where the numbers come from.</param>
    public static void Fill(Span<float> values, int rows, int columns, double factor, RandomSource source)
    {
        var length = Math.Max(rows, columns);
        var vectors = new double[Math.Min(rows, columns)][];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = NextOrthonormal(vectors.AsSpan(0, i), length, source);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = rows <= columns ? vectors[row][column] : vectors[column][row];
                values[row * columns + column] = (float)(factor * value);
            }
        }
    }

    private static double[] NextOrthonormal(ReadOnlySpan<double[]> earlier, int length, RandomSource source)
    {
        var vector = new double[length];
        foreach (ref var value in vector.AsSpan())
        {
            value = source.NextGaussian();
        }

        // Cancellation leaves as many wrong digits as the norm has lost: a vector that loses more than half goes again.
        double before, after = Math.Sqrt(Dot(vector, vector));
        do
        {
            before = after;
            foreach (var other in earlier)
            {
                AddScaled(vector, other, -Dot(vector, other));
            }

            after = Math.Sqrt(Dot(vector, vector));
        }
        while (after < before / 2);

        if (after == 0)
        {
            return NextOrthonormal(earlier, length, source);
        }

        foreach (ref var value in vector.AsSpan())
        {
            value /= after;
        }

        return vector;
    }

    // Always four lanes, whatever the CPU has: the order of a sum is part of the result. Optimised at once: a first model is made before
    // the runtime would find out that this is all of its time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double[] a, double[] b)
    {
        var whole = a.Length & -Vector256<double>.Count;
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < whole; i += Vector256<double>.Count)
        {
            sums += Vector256.LoadUnsafe(ref a[0], (nuint)i) * Vector256.LoadUnsafe(ref b[0], (nuint)i);
        }

        var sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (var i = whole; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(double[] target, double[] other, double factor)
    {
        var whole = target.Length & -Vector256<double>.Count;
        for (var i = 0; i < whole; i += Vector256<double>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref target[0], (nuint)i) + (factor * Vector256.LoadUnsafe(ref other[0], (nuint)i));
            sum.StoreUnsafe(ref target[0], (nuint)i);
        }

        for (var i = whole; i < target.Length; i++)
        {
            target[i] += factor * other[i];
        }
    }
}
