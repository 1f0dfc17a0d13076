using System.Globalization;

namespace FastRnn.Data;

/// <summary>What is lost when sequences are cut to one length.</summary>
/// <param name="Length">Steps of each sequence that is left.</param>
/// <param name="Kept">Sequences that are left.</param>
/// <param name="Cut">Those of them that lost their last steps.</param>
/// <param name="Dropped">Sequences that were too short, and are gone as a whole.</param>
/// <param name="StepsKept">Steps that are left.</param>
/// <param name="StepsDropped">Steps that are gone.</param>
public readonly record struct CutReport(int Length, int Kept, int Cut, int Dropped, long StepsKept, long StepsDropped)
{
    /// <summary>The share of all steps that is gone, 0 to below 1.</summary>
    public double DroppedShare => StepsDropped == 0 ? 0 : (double)StepsDropped / (StepsKept + StepsDropped);

    /// <summary>The report in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"cut to {Length} steps: {Kept} sequences left ({Cut} of them shortened), {Dropped} dropped; {StepsDropped} "
            + $"of {StepsKept + StepsDropped} steps lost ({DroppedShare:p1})");

    /// <summary>The report for some lengths, cut to <paramref name="length"/>, or to the shortest that has a step if it is 0: cut to no
    /// steps nothing would be left.</summary>
    internal static CutReport Of(ReadOnlySpan<int> lengths, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (lengths.IsEmpty)
            throw new ArgumentException("There are no sequences.", nameof(lengths));

        var shortest = int.MaxValue;
        foreach (var one in lengths)
            shortest = one == 0 ? shortest : Math.Min(shortest, one);
        if (shortest == int.MaxValue)
            throw new ArgumentException("No sequence has a step.", nameof(lengths));

        var to = length == 0 ? shortest : length;
        var (kept, cut, all) = (0, 0, 0L);
        foreach (var one in lengths)
        {
            kept += one >= to ? 1 : 0;
            cut += one > to ? 1 : 0;
            all += one;
        }

        return kept > 0
            ? new CutReport(to, kept, cut, lengths.Length - kept, (long)kept * to, all - ((long)kept * to))
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No sequence has {to} steps."), nameof(length));
    }
}
