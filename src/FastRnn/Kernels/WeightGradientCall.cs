namespace FastRnn.Kernels;

/// <summary>The gradients of matrices that multiplied different vectors into the same sums, such as W and U of <c>W x + U h</c>:
/// <c>dW[r, c] += sum over (b, t) of dPre[t, b, r] x[t, b, c]</c> for each operand. dPre is read once for all of them.</summary>
internal unsafe struct WeightGradientCall
{
    /// <summary><c>[T, B, R]</c>: the column block of dPre that belongs to the matrices.</summary>
    public SequenceRows DPre;

    /// <summary>Which positions, in which order.</summary>
    public SumOrder Order;

    /// <summary>R.</summary>
    public int Rows;

    /// <summary><c>[R]</c>: receives the sums of dPre alone, the gradient of a vector that was added; null if they are not
    /// wanted.</summary>
    public float* Sums;

    /// <summary>What was multiplied, and where the gradients are.</summary>
    public WeightOperand* Operands;

    /// <summary>How many there are.</summary>
    public int OperandCount;
}
