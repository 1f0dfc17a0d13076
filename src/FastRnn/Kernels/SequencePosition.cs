namespace FastRnn.Kernels;

/// <summary>A place in the order in which gradients are summed: sequences outer, steps inner, both ascending.</summary>
internal struct SequencePosition
{
    private readonly int steps;

    /// <summary>The place number <paramref name="index"/> of sequences of <paramref name="steps"/> steps.</summary>
    public SequencePosition(long index, int steps)
    {
        this.steps = steps;
        var (row, step) = Math.DivRem(index, steps);
        Row = (int)row;
        Step = (int)step;
    }

    /// <summary>The sequence.</summary>
    public int Row { get; private set; }

    /// <summary>Its step.</summary>
    public int Step { get; private set; }

    /// <summary>Goes to the next place.</summary>
    public void Advance()
    {
        if (++Step == steps)
        {
            Step = 0;
            Row++;
        }
    }
}
