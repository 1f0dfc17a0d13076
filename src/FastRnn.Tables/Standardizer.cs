namespace FastRnn.Tables;

/// <summary>Makes numbers of any unit numbers of mean 0 and standard deviation 1, and back: <c>z = (x - Mean) / Scale</c>.</summary>
/// <param name="Mean">What becomes 0; finite.</param>
/// <param name="Scale">What becomes 1; finite and above 0.</param>
public readonly record struct Standardizer(double Mean, double Scale)
{
    /// <summary>That of some numbers: their mean and standard deviation (of n, not n - 1), in double precision; NaN counts as missing.
    /// Where all are equal, or there are none, <see cref="Scale"/> is 1.</summary>
    /// <param name="values">Finite or NaN: those of the training part alone, so that nothing is known of later ones.</param>
    public static Standardizer Fit(ReadOnlySpan<float> values)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
                (count, sum) = (count + 1, sum + value);
        }

        if (count == 0)
            return new(0, 1);
        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
                squares += (value - mean) * (value - mean);
        }

        // What rounding to single precision leaves of equal numbers is no deviation.
        var deviation = Math.Sqrt(squares / count);
        return new(mean, deviation > 1e-6 * Math.Abs(mean) && deviation > 0 ? deviation : 1);
    }

    /// <summary>A number, standardised; 0, the mean, where it is NaN.</summary>
    /// <param name="value">In its own unit.</param>
    public float Transform(float value) => float.IsNaN(value) ? 0 : (float)((value - Mean) / Scale);

    /// <summary>Numbers, standardised; 0, the mean, where one is NaN.</summary>
    /// <param name="values">In their own unit.</param>
    /// <param name="standardized">Receives as many; may be the same memory.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void Transform(ReadOnlySpan<float> values, Span<float> standardized)
    {
        CheckLengths(values.Length, standardized.Length);
        for (var i = 0; i < values.Length; i++)
            standardized[i] = Transform(values[i]);
    }

    /// <summary>A number in its own unit again.</summary>
    /// <param name="standardized">What <see cref="Transform(float)"/> returned, or a model put out.</param>
    public float Invert(float standardized) => (float)((standardized * Scale) + Mean);

    /// <summary>Numbers in their own unit again.</summary>
    /// <param name="standardized">What a model put out.</param>
    /// <param name="values">Receives as many; may be the same memory.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void Invert(ReadOnlySpan<float> standardized, Span<float> values)
    {
        CheckLengths(standardized.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            values[i] = Invert(standardized[i]);
    }

    private static void CheckLengths(int expected, int got)
    {
        if (expected != got)
            throw new ArgumentException(FormattableString.Invariant($"Expected {expected} numbers, got room for {got}."));
    }
}
