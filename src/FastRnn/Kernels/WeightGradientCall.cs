namespace FastRnn.Kernels;

/// <summary>The gradient of one matrix: <c>dW[r, c] += sum over (b, t) of dPre[t, b, r] x[t, b, c]</c>.</summary>
internal unsafe struct WeightGradientCall
{
    /// <summary><c>[T, B, R]</c>: the column block of dPre that belongs to the matrix.</summary>
    public SequenceRows DPre;

    /// <summary><c>[T, B, C]</c>: what the matrix multiplied.</summary>
    public SequenceRows X;

    /// <summary>T.</summary>
    public int Steps;

    /// <summary>B.</summary>
    public int Batch;

    /// <summary>R.</summary>
    public int Rows;

    /// <summary>C.</summary>
    public int Columns;

    /// <summary><c>[R, C]</c>, without padding: receives the sum.</summary>
    public float* Gradient;
}
