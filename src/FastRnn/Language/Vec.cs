namespace FastRnn.Language;

/// <summary>A vector whose dimension is part of its type. Operators work element by element, in double precision; the other
/// side may be a number. Vectors never change: every operation makes a new one.</summary>
/// <typeparam name="D">The dimension, such as <see cref="Hidden"/>.</typeparam>
/// <remarks>This is the language of cells executed slowly and obviously: the reference that generated code is compared with.
/// Division by zero, overflow and NaN behave as they do for <see cref="double"/>.</remarks>
public sealed class Vec<D>
    where D : IDimension
{
    private readonly double[] values;

    /// <summary>Makes a vector of the given elements, which are copied.</summary>
    public Vec(params ReadOnlySpan<double> values) => this.values = values.ToArray();

    /// <summary>Number of elements.</summary>
    public int Length => values.Length;

    /// <summary>One element.</summary>
    /// <param name="index">0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in that range.</exception>
    public double this[int index] => values[index];

    /// <summary>A copy of the elements.</summary>
    public double[] ToArray() => (double[])values.Clone();

    /// <summary>The sum, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> operator +(Vec<D> left, Vec<D> right) => left.Zip(right, "+", (a, b) => a + b);

    /// <summary>A number added to each element.</summary>
    public static Vec<D> operator +(Vec<D> left, double right) => left.Map(a => a + right);

    /// <inheritdoc cref="op_Addition(Vec{D}, double)"/>
    public static Vec<D> operator +(double left, Vec<D> right) => right.Map(b => left + b);

    /// <summary>The difference, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> operator -(Vec<D> left, Vec<D> right) => left.Zip(right, "-", (a, b) => a - b);

    /// <summary>A number subtracted from each element.</summary>
    public static Vec<D> operator -(Vec<D> left, double right) => left.Map(a => a - right);

    /// <summary>Each element subtracted from a number.</summary>
    public static Vec<D> operator -(double left, Vec<D> right) => right.Map(b => left - b);

    /// <summary>Each element negated.</summary>
    public static Vec<D> operator -(Vec<D> value) => value.Map(a => -a);

    /// <summary>The product, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> operator *(Vec<D> left, Vec<D> right) => left.Zip(right, "*", (a, b) => a * b);

    /// <summary>Each element times a number.</summary>
    public static Vec<D> operator *(Vec<D> left, double right) => left.Map(a => a * right);

    /// <inheritdoc cref="op_Multiply(Vec{D}, double)"/>
    public static Vec<D> operator *(double left, Vec<D> right) => right.Map(b => left * b);

    /// <summary>The quotient, element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Vec<D> operator /(Vec<D> left, Vec<D> right) => left.Zip(right, "/", (a, b) => a / b);

    /// <summary>Each element divided by a number.</summary>
    public static Vec<D> operator /(Vec<D> left, double right) => left.Map(a => a / right);

    /// <summary>A number divided by each element.</summary>
    public static Vec<D> operator /(double left, Vec<D> right) => right.Map(b => left / b);

    internal Vec<D> Map(Func<double, double> function)
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = function(values[i]);
        }

        return new Vec<D>(result);
    }

    /// <summary>One number, made of all elements, in every element.</summary>
    internal Vec<D> Reduce(Func<double[], double> function)
    {
        var result = new double[values.Length];
        Array.Fill(result, function(values));
        return new Vec<D>(result);
    }

    internal Vec<D> Zip(Vec<D> other, string operation, Func<double, double, double> function)
    {
        if (other.Length != Length)
        {
            throw new ArgumentException(
                $"Vec<{typeof(D).Name}> {operation} Vec<{typeof(D).Name}>: expected equal lengths, got {Length} and {other.Length}.");
        }

        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = function(values[i], other.values[i]);
        }

        return new Vec<D>(result);
    }
}
