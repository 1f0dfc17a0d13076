namespace FastRnn.Kernels;

/// <summary>A position of sequences of many lengths, as it lies in memory: what stands before it, counted in rows.</summary>
internal struct SequencePlace
{
    /// <summary>Rows that a buffer of states holds more up to here than one with a row a position.</summary>
    public int Step;

    /// <summary>Rows of a buffer with a row a position.</summary>
    public int Row;

    /// <summary>Rows of a step: a state after the step lies so much behind the one before.</summary>
    public int Segment;
}
