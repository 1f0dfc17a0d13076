namespace FastRnn.Kernels;

/// <summary>A vector that a matrix multiplied, and the matrix's gradient.</summary>
internal unsafe struct WeightOperand
{
    /// <summary><c>[T, B, C]</c>: the vectors.</summary>
    public SequenceRows X;

    /// <summary>C.</summary>
    public int Columns;

    /// <summary><c>[R, C]</c>, without padding: receives the sum.</summary>
    public float* Gradient;
}
