using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>The gradient of a matrix <c>[R, V]</c> that multiplies one-hot inputs: <c>dW[r, tokens[t, b]] += dPre[t, b, r]</c>. Each
/// element is one chain of additions that begins with the value already there, sequences ascending, within each its steps
/// ascending.</summary>
internal static unsafe class OneHotGradient
{
    /// <summary>Adds the rows from <paramref name="begin"/> to <paramref name="end"/> of the matrix, the part of one worker.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="dPre"><c>[T, B, R]</c>: the column block of dPre that belongs to the matrix.</param>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to V - 1.</param>
    /// <param name="batch">B: tokens of a step.</param>
    /// <param name="order">Which positions, in which order.</param>
    /// <param name="gradient"><c>[R, V]</c>, without padding: receives the sum.</param>
    /// <param name="vocabulary">V.</param>
    /// <param name="begin">The first row.</param>
    /// <param name="end">One past the last row.</param>
    /// <param name="scratch">Room of this worker, 64-byte aligned.</param>
    /// <param name="scratchFloats">How much: any amount is right, <c>16 V</c> or more is fast.</param>
    public static void Run(
        SimdWidth width, in SequenceRows dPre, int* tokens, int batch, in SumOrder order, float* gradient, int vocabulary, int begin,
        int end,
        float* scratch, int scratchFloats)
    {
        // Transposed in the scratch, a token's gradients are neighbours and can be added with vectors.
        var block = Math.Min(scratchFloats / vocabulary, 256) / Padding.Unit * Padding.Unit;
        if (block == 0)
        {
            AddInPlace(dPre, tokens, batch, order, gradient, vocabulary, begin, end);
            return;
        }

        for (var r = begin; r < end; r += block)
        {
            var count = Math.Min(block, end - r);
            for (var v = 0; v < vocabulary; v++)
            {
                for (var i = 0; i < count; i++)
                    scratch[(nint)v * block + i] = gradient[(nint)(r + i) * vocabulary + v];
            }

            var part = dPre.From(r);
            RowScatter.Add(width, part, tokens, batch, order, scratch, block, 0, count);
            for (var i = 0; i < count; i++)
            {
                for (var v = 0; v < vocabulary; v++)
                    gradient[(nint)(r + i) * vocabulary + v] = scratch[(nint)v * block + i];
            }
        }
    }

    private static void AddInPlace(
        in SequenceRows dPre, int* tokens, int batch, in SumOrder order, float* gradient, int vocabulary, int begin, int end)
    {
        var position = order.At(0);
        for (var n = 0L; n < order.Count; n++, position.Advance())
        {
            var d = dPre.At(in position);
            var column = gradient + tokens[(nint)position.Step * batch + position.Row];
            for (var r = begin; r < end; r++)
                column[(nint)r * vocabulary] += d[r];
        }
    }
}
