namespace FastRnn.Data;

/// <summary>Gathers the rows of a batch out of a column, into the same memory each time.</summary>
internal sealed class BatchBuffer<T>
    where T : unmanaged
{
    private readonly SequenceColumn<T> column;
    private readonly BatchLayout layout;
    private readonly T padding;
    private readonly T[] values;

    /// <param name="column">What is gathered.</param>
    /// <param name="layout">How a batch lies in memory; where a value belongs to a sequence, one stands behind the other in each.</param>
    /// <param name="batch">B.</param>
    /// <param name="padding">What stands behind the end of a padded sequence.</param>
    /// <param name="lengths">The lengths of all sequences on the column's axis, longest first.</param>
    public BatchBuffer(SequenceColumn<T> column, BatchLayout layout, int batch, T padding, ReadOnlySpan<int> lengths)
    {
        this.column = column;
        this.layout = column.IsOnAxis ? layout : BatchLayout.Ragged;
        this.padding = padding;
        var positions = 0;
        for (var i = 0; i < Math.Min(batch, lengths.Length); i++)
            positions = checked(positions + (!column.IsOnAxis ? 1 : layout == BatchLayout.Ragged ? lengths[i] : lengths[0]));
        values = new T[checked(positions * column.Width)];
    }

    /// <param name="sequences">The rows.</param>
    /// <param name="isWhole">Whether there are B of them: fewer are ragged where lengths are equal, so that something says how many there
    /// are.</param>
    public ReadOnlySpan<T> Gather(ReadOnlySpan<int> sequences, bool isWhole)
    {
        if (layout == BatchLayout.Ragged || (layout == BatchLayout.Equal && !isWhole))
        {
            var at = 0;
            foreach (var sequence in sequences)
            {
                var row = column[sequence];
                row.CopyTo(values.AsSpan(at));
                at += row.Length;
            }

            return values.AsSpan(0, at);
        }

        var longest = 0;
        foreach (var sequence in sequences)
            longest = Math.Max(longest, column.Length(sequence));
        var all = values.AsSpan(0, longest * sequences.Length * column.Width);
        all.Fill(padding);
        for (var b = 0; b < sequences.Length; b++)
        {
            var row = column[sequences[b]];
            for (var (from, to) = (0, b * column.Width); from < row.Length; from += column.Width, to += sequences.Length * column.Width)
                row.Slice(from, column.Width).CopyTo(all[to..]);
        }

        return all;
    }
}
