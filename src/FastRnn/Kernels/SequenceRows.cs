namespace FastRnn.Kernels;

/// <summary>One row for each step and sequence, wherever it lies: the row of step t and sequence b begins at
/// <c>First + t * StepStride + b * RowStride</c>. Strides count floats.</summary>
internal readonly unsafe struct SequenceRows(float* first, nint stepStride, nint rowStride)
{
    /// <summary>The row of step 0 and sequence 0.</summary>
    public readonly float* First = first;

    /// <summary>Floats from one step to the next.</summary>
    public readonly nint StepStride = stepStride;

    /// <summary>Floats from one sequence to the next.</summary>
    public readonly nint RowStride = rowStride;

    /// <summary>The row of a step and a sequence.</summary>
    public float* At(int step, int row) => First + step * StepStride + row * RowStride;
}
