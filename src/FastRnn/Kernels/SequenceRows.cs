using System.Runtime.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>One row for each step and sequence, wherever it lies. Of sequences of one length the row of step t and sequence b begins at
/// <c>First + t * StepStride + b * RowStride</c>; of others a table says in which row of the buffer a step begins. Strides count
/// floats.</summary>
internal readonly unsafe struct SequenceRows(float* first, nint stepStride, nint rowStride, nint segmentStride = 0, int* table = null)
{
    private const int TableStride = 3;
    private readonly int* table = table;

    /// <summary>The row of step 0 and sequence 0.</summary>
    public readonly float* First = first;

    /// <summary>Floats from one step to the next.</summary>
    public readonly nint StepStride = stepStride;

    /// <summary>Floats from one sequence to the next.</summary>
    public readonly nint RowStride = rowStride;

    /// <summary>What <see cref="SequencePosition.Segment"/> counts, in floats.</summary>
    public readonly nint SegmentStride = segmentStride;

    /// <summary>The row of a step and a sequence.</summary>
    public float* At(int step, int row) => table == null
        ? First + (step * StepStride) + (row * RowStride)
        : First + ((table[step * TableStride] + row) * RowStride);

    /// <summary>The row of a place in a <see cref="SumOrder"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(in SequencePosition position) =>
        First + (position.Step * StepStride) + (position.Row * RowStride) + (position.Segment * SegmentStride);

    /// <summary>The same rows from another number of each on.</summary>
    public SequenceRows From(int offset) => new(First + offset, StepStride, RowStride, SegmentStride, table);
}
