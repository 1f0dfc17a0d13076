namespace FastRnn.Tables;

/// <summary>Rows that a model reads one after the other: the first of them only to find its state, those from <paramref name="First"/> on
/// count. No row after <paramref name="End"/> - 1 is read, so nothing of the future is known.</summary>
/// <param name="Start">The first row that is read.</param>
/// <param name="First">The first row whose output counts.</param>
/// <param name="End">Behind the last row.</param>
public readonly record struct RowWindow(int Start, int First, int End)
{
    /// <summary>Rows that are read.</summary>
    public int Length => End - Start;

    /// <summary>Windows in which each row counts once: each counts at most <paramref name="window"/> rows, and reads as many before them as
    /// there are, up to <paramref name="window"/> too. So each output knows at least that many rows, and training costs two steps a row
    /// and not <paramref name="window"/>.</summary>
    /// <param name="start">The first row that may be read, such as the first of a group.</param>
    /// <param name="first">The first row that counts, such as the first of a part; at least <paramref name="start"/>.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="window">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static IEnumerable<RowWindow> Cover(int start, int first, int end, int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, start);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return Each();

        IEnumerable<RowWindow> Each()
        {
            for (var from = first; from < end; from += window)
                yield return new RowWindow(Math.Max(start, from - window), from, Math.Min(end, from + window));
        }
    }
}
