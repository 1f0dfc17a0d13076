namespace FastRnn.Kernels;

/// <summary>A position of a batch: a step of a sequence, which lies in some row.</summary>
internal struct SequencePlace
{
    /// <summary>The step.</summary>
    public int Step;

    /// <summary>The row.</summary>
    public int Row;
}
