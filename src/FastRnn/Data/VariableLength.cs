using System.Globalization;

namespace FastRnn.Data;

/// <summary>The two old ways to make sequences of many lengths equal: padding and cutting. FastRnn needs neither
/// (<see cref="SequenceBatch.Lengths"/>); they are here for comparison, and for data that goes elsewhere.</summary>
public static class VariableLength
{
    /// <summary>Pads to the longest sequence.</summary>
    /// <param name="values">One sequence behind the other, <c>[T_0 + T_1 + ..., width]</c>.</param>
    /// <param name="lengths"><c>[B]</c>, each at least 1.</param>
    /// <param name="width">Elements of a position, at least 1.</param>
    /// <param name="padding">What stands behind the end of a sequence.</param>
    /// <returns>Time-major, <c>[max T, B, width]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or a length is below 1.</exception>
    /// <exception cref="ArgumentException">There are no sequences, or another number of values than the lengths say.</exception>
    /// <exception cref="OverflowException">The result would have more than 2^31 - 1 elements.</exception>
    public static T[] PadToLongest<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> lengths, int width, T padding)
    {
        Check(values.Length, lengths, width);
        var longest = 0;
        foreach (var length in lengths)
            longest = Math.Max(longest, length);
        var padded = new T[checked(longest * lengths.Length * width)];
        Array.Fill(padded, padding);
        for (var (b, begin) = (0, 0); b < lengths.Length; begin += lengths[b], b++)
        {
            for (var t = 0; t < lengths[b]; t++)
                values.Slice((begin + t) * width, width).CopyTo(padded.AsSpan(((t * lengths.Length) + b) * width));
        }

        return padded;
    }

    /// <summary>Cuts to one length: what is longer loses its end, what is shorter is dropped.</summary>
    /// <param name="values">One sequence behind the other, <c>[T_0 + T_1 + ..., width]</c>.</param>
    /// <param name="lengths"><c>[B]</c>, each at least 1.</param>
    /// <param name="width">Elements of a position, at least 1.</param>
    /// <param name="report">What was lost.</param>
    /// <param name="length">The length T; 0 takes the shortest, so that no sequence is dropped.</param>
    /// <returns>Time-major, <c>[T, sequences left, width]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or a length is below 1, or <paramref name="length"/>
    /// negative.</exception>
    /// <exception cref="ArgumentException">There are no sequences, none is as long as <paramref name="length"/>, or there is another number
    /// of values than the lengths say.</exception>
    public static T[] Cut<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> lengths, int width, out CutReport report, int length = 0)
    {
        Check(values.Length, lengths, width);
        report = CutReport.Of(lengths, length);
        var cut = new T[report.StepsKept * width];
        for (var (b, begin, row) = (0, 0, 0); b < lengths.Length; begin += lengths[b], b++)
        {
            if (lengths[b] < report.Length)
                continue;
            for (var t = 0; t < report.Length; t++)
                values.Slice((begin + t) * width, width).CopyTo(cut.AsSpan(((t * report.Kept) + row) * width));
            row++;
        }

        return cut;
    }

    private static void Check(int values, ReadOnlySpan<int> lengths, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (lengths.IsEmpty)
            throw new ArgumentException("There are no sequences.", nameof(lengths));

        var total = 0L;
        for (var b = 0; b < lengths.Length; b++)
        {
            if (lengths[b] < 1)
                throw new ArgumentOutOfRangeException(nameof(lengths), lengths[b],
                    string.Create(CultureInfo.InvariantCulture, $"Sequence {b}: expected at least 1 step, got {lengths[b]}."));
            total += lengths[b];
        }

        if (values != total * width)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"values [T_0 + T_1 + ..., {width}]: expected {total * width} elements, got {values}."), nameof(values));
        }
    }
}
