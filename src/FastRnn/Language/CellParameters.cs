using System.ComponentModel;

namespace FastRnn.Language;

/// <summary>The learned parameters of one cell in double precision, in the order in which its fields declare them: what the
/// constructor that the generator writes for a cell reads its fields from.</summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed class CellParameters
{
    private readonly (int Rows, int Columns)[] shapes;
    private readonly int[] offsets;
    private readonly double[] values;

    /// <summary>Copies the parameters of one cell.</summary>
    /// <param name="shapes">One for each parameter: its rows and columns, or its length and 0 for a vector.</param>
    /// <param name="values">The parameters one after the other, matrices row-major.</param>
    /// <exception cref="ArgumentException">A shape is impossible, or the number of values is not the sum of the shapes.</exception>
    public CellParameters(IReadOnlyList<(int Rows, int Columns)> shapes, params ReadOnlySpan<double> values)
    {
        this.shapes = [.. shapes];
        offsets = new int[this.shapes.Length];
        long total = 0;
        for (var i = 0; i < offsets.Length; i++)
        {
            var (rows, columns) = this.shapes[i];
            if (rows < 1 || columns < 0)
            {
                throw new ArgumentException(
                    $"Shape of parameter {i}: expected at least 1 row and columns of 0 or more, got {rows} x {columns}.", nameof(shapes));
            }

            offsets[i] = (int)Math.Min(total, int.MaxValue);
            total = checked(total + (long)rows * Math.Max(columns, 1));
        }

        if (values.Length != total)
        {
            throw new ArgumentException(
                $"Values of {offsets.Length} parameters: expected {total}, got {values.Length}.", nameof(values));
        }

        this.values = values.ToArray();
    }

    /// <summary>A parameter that is a matrix.</summary>
    /// <param name="index">Which, in declared order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    /// <exception cref="ArgumentException">It is a vector.</exception>
    public Mat<R, C> Matrix<R, C>(int index)
        where R : IDimension
        where C : IDimension
    {
        var (rows, columns) = Shape(index, isVector: false);
        return new Mat<R, C>(rows, columns, values.AsSpan(offsets[index], rows * columns));
    }

    /// <summary>A parameter that is a vector.</summary>
    /// <param name="index">Which, in declared order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    /// <exception cref="ArgumentException">It is a matrix.</exception>
    public Vec<D> Vector<D>(int index)
        where D : IDimension
    {
        var (rows, _) = Shape(index, isVector: true);
        return new Vec<D>(values.AsSpan(offsets[index], rows));
    }

    /// <summary>The same parameters, but for one matrix whose columns are multiplied by factors.</summary>
    /// <exception cref="ArgumentException">The parameter is no matrix with so many columns.</exception>
    internal CellParameters WithColumns(int index, double[] factors)
    {
        var (rows, columns) = Shape(index, isVector: false);
        if (columns != factors.Length)
        {
            throw new ArgumentException($"Factors of parameter {index}: expected {columns}, got {factors.Length}.", nameof(factors));
        }

        var scaled = new CellParameters(shapes, values);
        for (var i = 0; i < rows * columns; i++)
        {
            scaled.values[offsets[index] + i] *= factors[i % columns];
        }

        return scaled;
    }

    private (int Rows, int Columns) Shape(int index, bool isVector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, shapes.Length);
        var shape = shapes[index];
        if (shape.Columns == 0 != isVector)
        {
            throw new ArgumentException(
                $"Parameter {index}: expected a {(isVector ? "vector" : "matrix")}, got "
                + (isVector ? $"a matrix of {shape.Rows} x {shape.Columns}." : $"a vector of length {shape.Rows}."),
                nameof(index));
        }

        return shape;
    }
}
