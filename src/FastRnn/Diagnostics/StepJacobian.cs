using System.Numerics;

namespace FastRnn.Diagnostics;

/// <summary>The derivative of the states after a step with respect to the states before it. Over many steps gradients are multiplied by the
/// transposes of such matrices, one after the other: if the largest singular value of all stays below a bound less than 1 they vanish, and
/// to explode some must be above 1 (Pascanu, Mikolov and Bengio 2013). The spectral radius says what happens in the long run while the
/// Jacobian stays about the same.</summary>
public sealed class StepJacobian
{
    private const int MostSquarings = 40;
    private const int MostIterations = 1000;
    private readonly double[] values;

    internal StepJacobian(int size, double[] values)
    {
        Size = size;
        this.values = values;
    }

    /// <summary>The number of units of all carried states together.</summary>
    public int Size { get; }

    /// <summary>The derivative of a new unit with respect to an old one; states one after the other in the layer's order.</summary>
    /// <param name="newUnit">From 0 to <see cref="Size"/> - 1.</param>
    /// <param name="oldUnit">From 0 to <see cref="Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public double this[int newUnit, int oldUnit]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(newUnit);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(newUnit, Size);
            ArgumentOutOfRangeException.ThrowIfNegative(oldUnit);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(oldUnit, Size);
            return values[(newUnit * Size) + oldUnit];
        }
    }

    /// <summary>The largest magnitude of an eigenvalue: what a long product of such matrices grows with, a step. By Gelfand's formula,
    /// <c>||J^n||^(1/n)</c> for n = 2, 4, 8, ..., until it changes by less than a millionth; NaN if the matrix is not finite.</summary>
    public double SpectralRadius()
    {
        var (power, square) = ((double[])values.Clone(), new double[values.Length]);
        var (logScale, radius) = (0.0, double.NaN);
        for (var n = 0; n <= MostSquarings; n++)
        {
            // power is J^(2^n), divided by exp(logScale 2^n).
            var norm = Math.Sqrt(Dot(power, power));
            if (norm == 0 || !double.IsFinite(norm))
            {
                return norm == 0 ? 0 : double.NaN;
            }

            Scale(power, 1 / norm);
            logScale += Math.Log(norm) / Math.Pow(2, n);
            var before = radius;
            radius = Math.Exp(logScale);
            if (Math.Abs(radius - before) <= 1e-6 * radius)
            {
                break;
            }

            Multiply(power, square);
            (power, square) = (square, power);
        }

        return radius;
    }

    /// <summary>The largest singular value: how much one step can stretch a gradient at most. By power iteration on <c>J'J</c>; NaN if the
    /// matrix is not finite.</summary>
    public double LargestSingularValue()
    {
        var (x, y) = (new double[Size], new double[Size]);

        // No direction that a matrix is likely to be blind for.
        for (var i = 0; i < Size; i++)
        {
            x[i] = 1 + Math.Sin(i + 1.0) / 2;
        }

        var largest = 0.0;
        for (var n = 0; n < MostIterations; n++)
        {
            Scale(x, 1 / Math.Sqrt(Dot(x, x)));
            for (var row = 0; row < Size; row++)
            {
                y[row] = Dot(values.AsSpan(row * Size, Size), x);
            }

            var before = largest;
            largest = Math.Sqrt(Dot(y, y));
            if (largest == 0 || !double.IsFinite(largest) || Math.Abs(largest - before) <= 1e-12 * largest)
            {
                break;
            }

            Array.Clear(x);
            for (var row = 0; row < Size; row++)
            {
                Add(values.AsSpan(row * Size, Size), y[row], x);
            }
        }

        return double.IsFinite(largest) ? largest : double.NaN;
    }

    /// <summary>The square of a matrix.</summary>
    private void Multiply(double[] matrix, double[] square)
    {
        Array.Clear(square);
        for (var row = 0; row < Size; row++)
        {
            var to = square.AsSpan(row * Size, Size);
            for (var k = 0; k < Size; k++)
            {
                Add(matrix.AsSpan(k * Size, Size), matrix[(row * Size) + k], to);
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Scale(Span<double> values, double factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    private static void Add(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            ((new Vector<double>(from[i..]) * factor) + new Vector<double>(to[i..])).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] += from[i] * factor;
        }
    }
}
