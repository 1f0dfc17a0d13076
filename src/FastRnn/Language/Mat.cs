namespace FastRnn.Language;

/// <summary>A matrix whose dimensions are part of its type: it maps a <c>Vec&lt;C&gt;</c> to a <c>Vec&lt;R&gt;</c>, in double
/// precision.</summary>
/// <typeparam name="R">The dimension of its rows, that of the result.</typeparam>
/// <typeparam name="C">The dimension of its columns, that of the vector it multiplies.</typeparam>
public sealed class Mat<R, C>
    where R : IDimension
    where C : IDimension
{
    private readonly double[] values;

    /// <summary>Makes a matrix of the given elements, which are copied.</summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="values">Row-major, <c>[rows, columns]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">There are more or fewer values than elements.</exception>
    public Mat(int rows, int columns, params ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"{Name} of {rows} x {columns}: expected {(long)rows * columns} values, got {values.Length}.", nameof(values));
        }

        (Rows, Columns, this.values) = (rows, columns, values.ToArray());
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>One element.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    /// <param name="column">0 to <see cref="Columns"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double this[int row, int column]
    {
        get
        {
            // The column must be checked by hand: one too large would silently be an element of the next row.
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
            return values[row * Columns + column];
        }
    }

    private static string Name => $"Mat<{typeof(R).Name}, {typeof(C).Name}>";

    /// <summary>The product of a matrix and a vector.</summary>
    /// <exception cref="ArgumentException">The vector's length is not the number of columns.</exception>
    public static Vec<R> operator *(Mat<R, C> left, Vec<C> right)
    {
        if (right.Length != left.Columns)
        {
            throw new ArgumentException(
                $"{Name} * Vec<{typeof(C).Name}>: expected a vector of length {left.Columns}, got {right.Length}.", nameof(right));
        }

        var result = new double[left.Rows];
        for (var row = 0; row < result.Length; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < left.Columns; column++)
            {
                sum += left.values[row * left.Columns + column] * right[column];
            }

            result[row] = sum;
        }

        return new Vec<R>(result);
    }
}
