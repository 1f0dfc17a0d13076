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

    /// <summary><c>[N]</c>, padded to 16 floats: a number for each output. The weights of the classes of a softmax, null if all are 1 and
    /// nothing is smoothed; the weights of positive targets, null if all are 1; Huber's delta; the quantile.</summary>
    public float* OutputNumbers;

    /// <summary>The part of a softmax's target that is spread over all classes, from 0 to below 1.</summary>
    public double LabelSmoothing;

    /// <summary>What the gradient is multiplied by: 1, or 1 / (T B) for the mean.</summary>
    public float Scale;
}
