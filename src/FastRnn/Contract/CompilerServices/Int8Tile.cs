using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>Products of rounded rows and a panel of int8 weights: rows times N vectors of sums, which stay in registers over all
/// elements. They are exact, so their order is of no account.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="P">How products are made.</typeparam>
/// <typeparam name="N">The number of vectors, 1 to 4.</typeparam>
internal static unsafe class Int8Tile<S, V, P, N>
    where S : ISimd<V>
    where V : struct
    where P : IInt8Dot<V>
    where N : unmanaged
{
    /// <summary>Adds the products of rows to sums in memory.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="panel">The weights.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="sums">The sums of the first one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(in Int8Block block, in Int8Panel panel, int row, int count, in Int8Sums sums)
    {
        if (count == 1)
        {
            AddOne(in block, in panel, row, in sums);
            return;
        }

        for (var done = 0; done < count;)
        {
            var rows = LayerCall.TileRows(count - done, P.MostRows(sizeof(N)));
            var (first, left, own) = (row + done, count - done, sums.Below(done));
            if (rows == 1)
            {
                AddOne(in block, in panel, first, in own);
                done++;
            }
            else if (rows == 2)
            {
                done += Add<Count2>(in block, in panel, first, left, in own);
            }
            else if (P.MostRows(sizeof(N)) >= 3 && rows == 3)
            {
                done += Add<Count3>(in block, in panel, first, left, in own);
            }
            else if (P.MostRows(sizeof(N)) >= 4 && rows == 4)
            {
                done += Add<Count4>(in block, in panel, first, left, in own);
            }
            else if (P.MostRows(sizeof(N)) >= 5 && rows == 5)
            {
                done += Add<Count5>(in block, in panel, first, left, in own);
            }
            else if (P.MostRows(sizeof(N)) >= 6)
            {
                done += Add<Count6>(in block, in panel, first, left, in own);
            }
        }
    }

    /// <summary>A single row: two sums for each, because nothing else hides the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(in Int8Block block, in Int8Panel panel, int row, in Int8Sums sums)
    {
        var odd = Int8Row<S, V, P, N>.Zero();
        var even = Int8Row<S, V, P, N>.Begin(block.Missing + row, Int8Row<S, V, P, N>.LoadNegative(panel.TooMuch));
        var x = block.Rows + (row * block.Stride);
        var w = panel.Weights;
        var (plane, step) = (block.Plane, panel.Step);
        var words = block.Words;
        for (; words >= 2; words -= 2, x += 2 * Int8Layout.Group, w += 2 * step)
        {
            even.Add(x, plane, Int8Row<S, V, P, N>.Load(w));
            odd.Add(x + Int8Layout.Group, plane, Int8Row<S, V, P, N>.Load(w + step));
        }

        if (words > 0)
        {
            even.Add(x, plane, Int8Row<S, V, P, N>.Load(w));
        }

        even.Add(in odd);
        even.Finish(block.Scales + row, Int8Row<S, V, P, N>.Load(panel.Scales), sums.From, sums.To);
    }

    /// <summary>The next tiles, as long as they have R rows.</summary>
    /// <returns>The rows that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Add<R>(in Int8Block block, in Int8Panel panel, int row, int count, in Int8Sums sums)
        where R : unmanaged
    {
        var (plane, next, words) = (block.Plane, block.Stride, block.Words);
        var step = panel.Step;
        var (fromStride, stride) = (sums.FromStride, sums.Stride);
        float* from = sums.From, to = sums.To, scale = block.Scales + row;
        var missing = block.Missing + row;
        var x0 = block.Rows + (row * next);
        var left = count;
        do
        {
            var tooMuch = Int8Row<S, V, P, N>.LoadNegative(panel.TooMuch);
            var r0 = Int8Row<S, V, P, N>.Begin(missing, in tooMuch);
            var r1 = Int8Row<S, V, P, N>.Begin(missing + 1, in tooMuch);
            var r2 = sizeof(R) > 2 ? Int8Row<S, V, P, N>.Begin(missing + 2, in tooMuch) : r0;
            var r3 = sizeof(R) > 3 ? Int8Row<S, V, P, N>.Begin(missing + 3, in tooMuch) : r0;
            var r4 = sizeof(R) > 4 ? Int8Row<S, V, P, N>.Begin(missing + 4, in tooMuch) : r0;
            var r5 = sizeof(R) > 5 ? Int8Row<S, V, P, N>.Begin(missing + 5, in tooMuch) : r0;
            byte* x1 = x0 + next, x2 = x1 + next, x3 = x2 + next, x4 = x3 + next, x5 = x4 + next;
            var w = panel.Weights;
            for (nint k = 0; k < words * Int8Layout.Group; k += Int8Layout.Group, w += step)
            {
                var weights = Int8Row<S, V, P, N>.Load(w);
                r0.Add(x0 + k, plane, in weights);
                r1.Add(x1 + k, plane, in weights);
                if (sizeof(R) > 2) r2.Add(x2 + k, plane, in weights);
                if (sizeof(R) > 3) r3.Add(x3 + k, plane, in weights);
                if (sizeof(R) > 4) r4.Add(x4 + k, plane, in weights);
                if (sizeof(R) > 5) r5.Add(x5 + k, plane, in weights);
            }

            var scales = Int8Row<S, V, P, N>.Load(panel.Scales);
            r0.Finish(scale, in scales, from, to);
            r1.Finish(scale + 1, in scales, from + fromStride, to + stride);
            if (sizeof(R) > 2) r2.Finish(scale + 2, in scales, from + (2 * fromStride), to + (2 * stride));
            if (sizeof(R) > 3) r3.Finish(scale + 3, in scales, from + (3 * fromStride), to + (3 * stride));
            if (sizeof(R) > 4) r4.Finish(scale + 4, in scales, from + (4 * fromStride), to + (4 * stride));
            if (sizeof(R) > 5) r5.Finish(scale + 5, in scales, from + (5 * fromStride), to + (5 * stride));

            left -= sizeof(R);
            x0 += sizeof(R) * next;
            from += sizeof(R) * fromStride;
            to += sizeof(R) * stride;
            missing += sizeof(R);
            scale += sizeof(R);
        }
        while (left > 0 && LayerCall.TileRows(left, P.MostRows(sizeof(N))) == sizeof(R));

        return count - left;
    }
}
