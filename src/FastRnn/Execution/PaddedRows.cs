using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>Copies between the user's dense rows and the arenas' padded ones.</summary>
internal static unsafe class PaddedRows
{
    public static void Read(float* padded, Span<float> dense, int rows, int size)
    {
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(padded + ((nint)row * Padding.RoundUp(size)), size).CopyTo(dense.Slice(row * size, size));
        }
    }

    /// <summary>As <see cref="Write"/>, and what is below 2^-100 becomes 0 as in every state that a step computes.</summary>
    public static void WriteState(ReadOnlySpan<float> dense, float* padded, int rows, int size)
    {
        Write(dense, padded, rows, size);
        for (var row = 0; row < rows; row++)
        {
            VectorRows.Flush(padded + ((nint)row * Padding.RoundUp(size)), size);
        }
    }

    public static void Write(ReadOnlySpan<float> dense, float* padded, int rows, int size)
    {
        for (var row = 0; row < rows; row++)
        {
            dense.Slice(row * size, size).CopyTo(new Span<float>(padded + ((nint)row * Padding.RoundUp(size)), size));
        }
    }

    /// <summary>Copies some rows of every step between <c>[T, B, size]</c> of the user and of an arena, whose rows have strides of their
    /// own.</summary>
    public static void CopySteps(
        float* from, int fromStride, float* to, int toStride, int size, int steps, int batch, int rowBegin, int rowEnd)
    {
        var isDense = fromStride == size && toStride == size;
        for (var t = 0; t < steps; t++)
        {
            var first = ((nint)t * batch) + rowBegin;
            var source = from + (first * fromStride);
            var target = to + (first * toStride);
            if (isDense)
            {
                new ReadOnlySpan<float>(source, (rowEnd - rowBegin) * size).CopyTo(new Span<float>(target, (rowEnd - rowBegin) * size));
                continue;
            }

            for (var row = rowBegin; row < rowEnd; row++, source += fromStride, target += toStride)
            {
                new ReadOnlySpan<float>(source, size).CopyTo(new Span<float>(target, size));
            }
        }
    }
}
