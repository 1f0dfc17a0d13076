using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Adds the row of each position to the row of a table that the position's token names, sequences ascending, within each its
/// steps ascending.</summary>
internal static unsafe class RowScatter
{
    /// <summary>Adds the columns from <paramref name="begin"/> to <paramref name="end"/>.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="rows"><c>[T, B, D]</c>.</param>
    /// <param name="tokens"><c>[T, B]</c>, each a row of the table.</param>
    /// <param name="batch">B: tokens of a step.</param>
    /// <param name="order">Which positions, in which order.</param>
    /// <param name="table">The table.</param>
    /// <param name="stride">Floats from one row of the table to the next.</param>
    /// <param name="begin">The first column.</param>
    /// <param name="end">One past the last column.</param>
    public static void Add(
        SimdWidth width, in SequenceRows rows, int* tokens, int batch, in SumOrder order, float* table, int stride, int begin, int end) =>
        SimdDispatch.Run(width, new Work(in rows, tokens, batch, in order, table, stride, begin, end));

    private static void Add<S, V>(
        in SequenceRows rows, int* tokens, int batch, in SumOrder order, float* table, int stride, int begin, int end)
        where S : ISimd<V>
        where V : struct
    {
        var position = order.At(0);
        for (var n = 0L; n < order.Count; n++, position.Advance())
        {
            var source = rows.At(in position);
            var target = table + (nint)tokens[(nint)position.Step * batch + position.Row] * stride;
            var c = begin;
            for (; c + S.Lanes <= end; c += S.Lanes)
                S.Store(S.Add(S.Load(target + c), S.Load(source + c)), target + c);
            for (; c < end; c++)
                target[c] += source[c];
        }
    }

    private readonly ref struct Work(
        ref readonly SequenceRows rows, int* tokens, int batch, ref readonly SumOrder order, float* table, int stride, int begin, int end)
        : ISimdWork
    {
        private readonly ref readonly SequenceRows rows = ref rows;
        private readonly ref readonly SumOrder order = ref order;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => Add<S, V>(rows, tokens, batch, order, table, stride, begin, end);
    }
}
