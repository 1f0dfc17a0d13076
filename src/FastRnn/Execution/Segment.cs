namespace FastRnn.Execution;

/// <summary>Steps in which the same rows of a worker run: one call of a kernel. A buffer holds them as <c>[To - From, Batch]</c>, beginning
/// with its row number <see cref="Position"/>.</summary>
internal struct Segment
{
    /// <summary>The first step.</summary>
    public int From;

    /// <summary>One past the last step.</summary>
    public int To;

    /// <summary>Rows of a step.</summary>
    public int Batch;

    /// <summary>The first of the worker's rows among them.</summary>
    public int RowBegin;

    /// <summary>One past the last of the worker's rows among them.</summary>
    public int RowEnd;

    /// <summary>The row of the plan that stands first in a step.</summary>
    public int FirstRow;

    /// <summary>Where the first step begins in a buffer with one row a position.</summary>
    public int Position;

    /// <summary>Where the states before the first step begin in a buffer of states; those after it follow <see cref="Batch"/> rows
    /// later.</summary>
    public int Slot;

    /// <summary>One of its steps.</summary>
    public readonly Segment At(int t)
    {
        var (one, rows) = (this, (t - From) * Batch);
        (one.From, one.To, one.Position, one.Slot) = (t, t + 1, Position + rows, Slot + rows);
        return one;
    }

    /// <summary>The rows of a worker as rows of the plan.</summary>
    public readonly int Begin => FirstRow + RowBegin;

    /// <summary>One past the last of them.</summary>
    public readonly int End => FirstRow + RowEnd;
}
