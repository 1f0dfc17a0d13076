using System.Runtime.Intrinsics;

namespace FastRnn.Kernels;

/// <summary>Adds the row of each position to the row of a table that the position's token names, sequences ascending, within each its
/// steps ascending.</summary>
internal static unsafe class RowScatter
{
    /// <summary>Adds the columns from <paramref name="begin"/> to <paramref name="end"/>.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="rows"><c>[T, B, D]</c>.</param>
    /// <param name="tokens"><c>[T, B]</c>, each a row of the table.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="table">The table.</param>
    /// <param name="stride">Floats from one row of the table to the next.</param>
    /// <param name="begin">The first column.</param>
    /// <param name="end">One past the last column.</param>
    public static void Add(
        SimdWidth width, in SequenceRows rows, int* tokens, int steps, int batch, float* table, int stride, int begin, int end)
    {
        if (width == SimdWidth.Bits512)
            Add<Simd512, Vector512<float>>(rows, tokens, steps, batch, table, stride, begin, end);
        else if (width == SimdWidth.Bits256)
            Add<Simd256, Vector256<float>>(rows, tokens, steps, batch, table, stride, begin, end);
        else
            Add<Simd128, Vector128<float>>(rows, tokens, steps, batch, table, stride, begin, end);
    }

    private static void Add<S, V>(
        in SequenceRows rows, int* tokens, int steps, int batch, float* table, int stride, int begin, int end)
        where S : ISimd<V>
        where V : struct
    {
        for (var row = 0; row < batch; row++)
        {
            for (var step = 0; step < steps; step++)
            {
                var source = rows.At(step, row);
                var target = table + (nint)tokens[(nint)step * batch + row] * stride;
                var c = begin;
                for (; c + S.Lanes <= end; c += S.Lanes)
                    S.Store(S.Add(S.Load(target + c), S.Load(source + c)), target + c);
                for (; c < end; c++)
                    target[c] += source[c];
            }
        }
    }
}
