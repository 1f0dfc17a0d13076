using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Walks over rows that will be read soon and asks for their cache lines, a few at a time, so that the memory works while the
/// arithmetic does. Consecutive steps of a sequence lie far apart; no hardware foresees them.</summary>
internal unsafe struct RowPrefetch
{
    private readonly SequenceRows rows;
    private readonly int offset;
    private readonly int floats;
    private SequencePosition position;
    private int left;
    private int column;

    /// <summary>Over <paramref name="count"/> rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="order">Their order.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="offset">Where in a row to begin.</param>
    /// <param name="floats">What is wanted of each row.</param>
    public RowPrefetch(in SequenceRows rows, in SumOrder order, long first, int count, int offset, int floats)
    {
        this.rows = rows;
        this.offset = offset;
        this.floats = floats;
        left = floats > 0 ? count : 0;
        position = left > 0 ? order.At(first) : default;
    }

    /// <summary>All lines, at most.</summary>
    public readonly int Lines => left * (floats / CacheHint.LineFloats + 1);

    /// <summary>Asks for the next lines.</summary>
    public void Next(int lines)
    {
        while (lines > 0 && left > 0)
        {
            var line = rows.At(in position) + offset;
            for (; lines > 0 && column < floats; lines--, column += CacheHint.LineFloats)
                CacheHint.Second(line + column);
            if (column >= floats)
            {
                column = 0;
                left--;
                position.Advance();
            }
        }
    }
}
