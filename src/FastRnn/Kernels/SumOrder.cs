namespace FastRnn.Kernels;

/// <summary>The positions over which gradients are summed, in their order: sequences outer, steps inner, both ascending. Sequences of one
/// length lie in rows of their own order; of others there is a list.</summary>
internal readonly unsafe struct SumOrder
{
    private readonly int firstRow;
    private readonly int steps;
    private readonly SequencePlace* places;

    /// <summary><paramref name="batch"/> sequences of <paramref name="steps"/> steps, from row <paramref name="firstRow"/> on.</summary>
    public SumOrder(int steps, int batch, int firstRow = 0)
    {
        this.firstRow = firstRow;
        this.steps = steps;
        Count = (long)steps * batch;
    }

    /// <summary>The positions of a list.</summary>
    public SumOrder(SequencePlace* places, long count)
    {
        this.places = places;
        Count = count;
    }

    /// <summary>How many positions there are.</summary>
    public long Count { get; }

    /// <summary>Goes to a position.</summary>
    public SequencePosition At(long index) =>
        places == null ? new SequencePosition(index, steps, firstRow) : new SequencePosition(places + index, Count - index);
}
