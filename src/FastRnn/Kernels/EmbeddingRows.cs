namespace FastRnn.Kernels;

/// <summary>An embedding <c>[V, E]</c>, without padding: a row for each token.</summary>
internal static unsafe class EmbeddingRows
{
    /// <summary>Writes each position's row into <paramref name="x"/> for the sequences from <paramref name="rowBegin"/> to
    /// <paramref name="rowEnd"/>. The padding of the rows is left alone.</summary>
    /// <param name="embedding"><c>[V, E]</c>.</param>
    /// <param name="size">E.</param>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to V - 1.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="x"><c>[T, B, E]</c>.</param>
    /// <param name="rowBegin">The first sequence.</param>
    /// <param name="rowEnd">One past the last sequence.</param>
    public static void Gather(float* embedding, int size, int* tokens, int steps, int batch, in SequenceRows x, int rowBegin, int rowEnd)
    {
        for (var step = 0; step < steps; step++)
        {
            for (var row = rowBegin; row < rowEnd; row++)
            {
                var source = embedding + (nint)tokens[(nint)step * batch + row] * size;
                new ReadOnlySpan<float>(source, size).CopyTo(new Span<float>(x.At(step, row), size));
            }
        }
    }

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
