namespace FastRnn.Kernels;

/// <summary>A place in a <see cref="SumOrder"/>.</summary>
internal unsafe struct SequencePosition
{
    private readonly int steps;
    private SequencePlace* next;
    private long left;

    /// <summary>The place number <paramref name="index"/> of sequences of <paramref name="steps"/> steps.</summary>
    public SequencePosition(long index, int steps, int firstRow)
    {
        this.steps = steps;
        var (row, step) = steps == 0 ? (0, 0) : Math.DivRem(index, steps);
        Row = firstRow + (int)row;
        Step = (int)step;
    }

    /// <summary>The first of <paramref name="count"/> places of a list.</summary>
    public SequencePosition(SequencePlace* places, long count)
    {
        next = places;
        left = count;
        Take();
    }

    /// <summary>The row of the sequence; of sequences of many lengths, see <see cref="SequencePlace.Row"/>.</summary>
    public int Row { get; private set; }

    /// <summary>Its step; of sequences of many lengths, see <see cref="SequencePlace.Step"/>.</summary>
    public int Step { get; private set; }

    /// <summary>Of sequences of many lengths, see <see cref="SequencePlace.Segment"/>.</summary>
    public int Segment { get; private set; }

    /// <summary>Goes to the next place; behind the last one it stays anywhere.</summary>
    public void Advance()
    {
        if (next != null)
        {
            Take();
        }
        else if (++Step == steps)
        {
            Step = 0;
            Row++;
        }
    }

    private void Take()
    {
        if (left > 0)
        {
            (Step, Row, Segment) = (next->Step, next->Row, next->Segment);
            next++;
            left--;
        }
    }
}
