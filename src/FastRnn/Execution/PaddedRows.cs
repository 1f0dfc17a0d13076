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
}
