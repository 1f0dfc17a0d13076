namespace FastRnn.Kernels;

/// <summary>One sequence of a <see cref="CtcLoss"/>.</summary>
internal unsafe struct CtcCall
{
    /// <summary>Rows of outputs, one a step, wherever each lies; what comes out of <see cref="CtcLoss.Run"/> takes their place.</summary>
    public float* Rows;

    /// <summary><c>[T]</c>: where the row of each step begins, in floats.</summary>
    public nint* Steps;

    /// <summary>T, at least 1.</summary>
    public int Length;

    /// <summary>C: classes, the blank (class 0) among them.</summary>
    public int Classes;

    /// <summary><c>[U]</c>: labels, 1 to C - 1.</summary>
    public int* Labels;

    /// <summary>U.</summary>
    public int Count;

    /// <summary>What the gradient is multiplied by.</summary>
    public double Scale;

    /// <summary>Doubles of <see cref="CtcLoss.ScratchOf"/>.</summary>
    public double* Scratch;
}
