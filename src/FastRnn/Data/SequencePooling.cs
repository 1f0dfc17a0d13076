using System.Globalization;

namespace FastRnn.Data;

/// <summary>A sequence summed up in one vector, for a network that is not recurrent: the baseline that a recurrent one has to beat. The
/// order of the steps is lost, but for <see cref="Last(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{bool})"/>, which loses all the
/// others.</summary>
public static class SequencePooling
{
    private delegate void Pool(ReadOnlySpan<float> x, Span<float> pooled, ReadOnlySpan<bool> present);

    /// <summary>The last step that is present.</summary>
    /// <param name="x"><c>[T, I]</c>, T at least 1.</param>
    /// <param name="pooled">Receives <c>[I]</c>; zeros if nothing is present.</param>
    /// <param name="present"><c>[T]</c>: false where a step is missing; empty if none is.</param>
    /// <exception cref="ArgumentException">There is no whole number of steps, at least one, or another one of
    /// <paramref name="present"/>.</exception>
    public static void Last(ReadOnlySpan<float> x, Span<float> pooled, ReadOnlySpan<bool> present = default)
    {
        var t = Steps(x, pooled, present) - 1;
        while (t >= 0 && !present.IsEmpty && !present[t])
            t--;
        if (t < 0)
            pooled.Clear();
        else
            x.Slice(t * pooled.Length, pooled.Length).CopyTo(pooled);
    }

    /// <summary>The mean over the steps that are present, summed up in double precision.</summary>
    /// <inheritdoc cref="Last(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{bool})"/>
    public static void Mean(ReadOnlySpan<float> x, Span<float> pooled, ReadOnlySpan<bool> present = default)
    {
        var steps = Steps(x, pooled, present);
        for (var i = 0; i < pooled.Length; i++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = 0; t < steps; t++)
            {
                if (present.IsEmpty || present[t])
                {
                    sum += x[(t * pooled.Length) + i];
                    count++;
                }
            }

            pooled[i] = count > 0 ? (float)(sum / count) : 0;
        }
    }

    /// <summary>The largest of each element over the steps that are present.</summary>
    /// <inheritdoc cref="Last(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{bool})"/>
    public static void Max(ReadOnlySpan<float> x, Span<float> pooled, ReadOnlySpan<bool> present = default)
    {
        var steps = Steps(x, pooled, present);
        for (var i = 0; i < pooled.Length; i++)
        {
            var (largest, count) = (float.NegativeInfinity, 0);
            for (var t = 0; t < steps; t++)
            {
                if (present.IsEmpty || present[t])
                {
                    largest = MathF.Max(largest, x[(t * pooled.Length) + i]);
                    count++;
                }
            }

            pooled[i] = count > 0 ? largest : 0;
        }
    }

    /// <summary>The last step of each sequence.</summary>
    /// <param name="data">N sequences of vectors.</param>
    /// <returns><c>[N, I]</c>.</returns>
    /// <exception cref="ArgumentException">The sequences are of tokens: a mean of labels means nothing.</exception>
    public static float[] Last(SequenceDataset data) => All(data, Last);

    /// <summary>The mean of each sequence.</summary>
    /// <inheritdoc cref="Last(SequenceDataset)"/>
    public static float[] Mean(SequenceDataset data) => All(data, Mean);

    /// <summary>The largest of each element of each sequence.</summary>
    /// <inheritdoc cref="Last(SequenceDataset)"/>
    public static float[] Max(SequenceDataset data) => All(data, Max);

    private static float[] All(SequenceDataset data, Pool pool)
    {
        ArgumentNullException.ThrowIfNull(data);
        var size = data.Format.InputSize;
        if (size == 0)
            throw new ArgumentException("The sequences are of tokens: expected vectors.", nameof(data));

        var pooled = new float[checked(data.Count * size)];
        for (var i = 0; i < data.Count; i++)
            pool(data[i].X, pooled.AsSpan(i * size, size), data[i].Present);
        return pooled;
    }

    private static int Steps(ReadOnlySpan<float> x, Span<float> pooled, ReadOnlySpan<bool> present)
    {
        if (pooled.IsEmpty || x.IsEmpty || x.Length % pooled.Length != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"x [T, I]: expected a multiple of {pooled.Length} elements, at least one step, got {x.Length}."), nameof(x));
        }

        var steps = x.Length / pooled.Length;
        return present.IsEmpty || present.Length == steps
            ? steps
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"present [T]: expected {steps} elements, got {present.Length}."), nameof(present));
    }
}
