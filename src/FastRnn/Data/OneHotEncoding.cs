using System.Globalization;

namespace FastRnn.Data;

/// <summary>Labels as vectors of zeros with a single one: for targets of <c>[SigmoidBinaryCrossEntropy]</c> or <c>[MeanSquaredError]</c>,
/// or where labels stand among other numbers in an input. All of them are equally far from each other.</summary>
/// <remarks>A model whose whole input is one label needs no such vector: declared with <c>[OneHot]</c> it reads the label and one column of
/// its weights, and multiplies nothing by zero.</remarks>
public static class OneHotEncoding
{
    /// <summary>Vectors of labels.</summary>
    /// <param name="labels"><c>[N]</c>, each from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">C: how many labels there are, at least 1.</param>
    /// <returns><c>[N, C]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1, or there is no such label.</exception>
    /// <exception cref="OverflowException">There are more than 2^31 - 1 numbers.</exception>
    public static float[] Encode(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var vectors = new float[checked(labels.Length * classes)];
        Encode(labels, classes, vectors);
        return vectors;
    }

    /// <summary>Vectors of labels. Allocates nothing.</summary>
    /// <param name="labels"><c>[N]</c>, each from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">C: how many labels there are, at least 1.</param>
    /// <param name="vectors">Receives <c>[N, C]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1, or there is no such label; nothing is
    /// written.</exception>
    public static void Encode(ReadOnlySpan<int> labels, int classes, Span<float> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (vectors.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"vectors [N, C]: expected {(long)labels.Length * classes} elements, got {vectors.Length}."), nameof(vectors));
        }

        var bad = labels.IndexOfAnyExceptInRange(0, classes - 1);
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), labels[bad], string.Create(
                    CultureInfo.InvariantCulture, $"Position {bad}: expected a label from 0 to {classes - 1}, got {labels[bad]}."));
        }

        vectors.Clear();
        for (var i = 0; i < labels.Length; i++)
            vectors[(i * classes) + labels[i]] = 1;
    }

    /// <summary>The label of each vector: the place of its largest number, of equals the first. So logits and probabilities are decoded as
    /// well.</summary>
    /// <param name="vectors"><c>[N, C]</c>.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <returns><c>[N]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There is no whole number of vectors, or one holds NaN.</exception>
    public static int[] Decode(ReadOnlySpan<float> vectors, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (vectors.Length % classes != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"vectors [N, C]: expected a multiple of {classes} elements, got {vectors.Length}."), nameof(vectors));
        }

        var labels = new int[vectors.Length / classes];
        for (var i = 0; i < labels.Length; i++)
        {
            var vector = vectors.Slice(i * classes, classes);
            for (var c = 0; c < classes; c++)
            {
                if (float.IsNaN(vector[c]))
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"Vector {i}, element {c} is NaN: it says no label."), nameof(vectors));
                if (vector[c] > vector[labels[i]])
                    labels[i] = c;
            }
        }

        return labels;
    }
}
