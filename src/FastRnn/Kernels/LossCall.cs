namespace FastRnn.Kernels;

/// <summary>The arguments of a loss: one for each position <c>(t, b)</c>, for the sequences from <see cref="RowBegin"/> to
/// <see cref="RowEnd"/>. Rows of logits and gradients are padded to 16 floats; what the padding of logits holds does not matter, that of
/// gradients becomes 0.</summary>
internal unsafe struct LossCall
{
    /// <summary><c>[T, B, N]</c>, padded rows.</summary>
    public SequenceRows Logits;

    /// <summary><c>[T, B, N]</c>, padded rows: receives <see cref="Scale"/> times the gradient. May be the same memory as the
    /// logits.</summary>
    public SequenceRows Gradient;

    /// <summary><c>[T, B]</c>: receives the loss of each position, not scaled. The caller sums them in its own fixed order.</summary>
    public double* Losses;

    /// <summary>T.</summary>
    public int Steps;

    /// <summary>B.</summary>
    public int Batch;

    /// <summary>The first sequence.</summary>
    public int RowBegin;

    /// <summary>One past the last sequence.</summary>
    public int RowEnd;

    /// <summary>N: the outputs of a position.</summary>
    public int Outputs;

    /// <summary>What the gradient is multiplied by: 1, or 1 / (T B) for the mean.</summary>
    public float Scale;
}
