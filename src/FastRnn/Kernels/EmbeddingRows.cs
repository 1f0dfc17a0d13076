namespace FastRnn.Kernels;

/// <summary>An embedding <c>[V, E]</c>, without padding: a row for each token.</summary>
internal static unsafe class EmbeddingRows
{
    /// <summary>Adds each position's gradient to its token's row, for the columns from <paramref name="begin"/> to <paramref name="end"/>:
    /// the part of one worker.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="gradient"><c>[V, E]</c>: receives the sum.</param>
    /// <param name="size">E.</param>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to V - 1.</param>
    /// <param name="batch">B: tokens of a step.</param>
    /// <param name="order">Which positions, in which order.</param>
    /// <param name="dX"><c>[T, B, E]</c>.</param>
    /// <param name="begin">The first column.</param>
    /// <param name="end">One past the last column.</param>
    public static void Scatter(
        SimdWidth width, float* gradient, int size, int* tokens, int batch, in SumOrder order, in SequenceRows dX, int begin, int end) =>
        RowScatter.Add(width, dX, tokens, batch, order, gradient, size, begin, end);
}
