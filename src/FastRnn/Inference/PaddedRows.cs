using FastRnn.Memory;

namespace FastRnn.Inference;

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

    public static void Write(ReadOnlySpan<float> dense, float* padded, int rows, int size)
    {
        for (var row = 0; row < rows; row++)
        {
            dense.Slice(row * size, size).CopyTo(new Span<float>(padded + ((nint)row * Padding.RoundUp(size)), size));
        }
    }
}
