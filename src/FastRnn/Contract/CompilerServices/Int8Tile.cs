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
    /// <param name="sums">Where the sums of the first one are.</param>
    /// <param name="stride">Floats from one row's sums to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(in Int8Block block, in Int8Panel panel, int row, int count, float* sums, nint stride)
    {
        for (int end = row + count, rows; row < end; row += rows, sums += rows * stride)
        {
            rows = LayerCall.TileRows(end - row, P.MostRows(sizeof(N)));
            if (rows == 1)
            {
                AddOne(in block, in panel, row, sums);
            }
            else if (rows == 2)
            {
                Add<Count2>(in block, in panel, row, sums, stride);
            }
            else if (P.MostRows(sizeof(N)) >= 3 && rows == 3)
            {
                Add<Count3>(in block, in panel, row, sums, stride);
            }
            else if (P.MostRows(sizeof(N)) >= 4 && rows == 4)
            {
                Add<Count4>(in block, in panel, row, sums, stride);
            }
            else if (P.MostRows(sizeof(N)) >= 5 && rows == 5)
            {
                Add<Count5>(in block, in panel, row, sums, stride);
            }
            else if (P.MostRows(sizeof(N)) >= 6)
            {
                Add<Count6>(in block, in panel, row, sums, stride);
            }
        }
    }

    /// <summary>A single row: two sums for each, because nothing else hides the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(in Int8Block block, in Int8Panel panel, int row, float* sums)
    {
        Int8Row<S, V, P, N> even = Int8Row<S, V, P, N>.Zero(), odd = even;
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
        even.Finish(block.Missing[row], block.Scales[row], panel.Scales, panel.TooMuch, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<R>(in Int8Block block, in Int8Panel panel, int row, float* sums, nint stride)
        where R : unmanaged
    {
        Int8Row<S, V, P, N> r0 = Int8Row<S, V, P, N>.Zero(), r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0;
        var (plane, next) = (block.Plane, block.Stride);
        var x0 = block.Rows + (row * next);
        byte* x1 = x0 + next, x2 = x1 + next, x3 = x2 + next, x4 = x3 + next, x5 = x4 + next;
        var w = panel.Weights;
        var step = panel.Step;
        var end = block.Words * (nint)Int8Layout.Group;
        for (nint k = 0; k < end; k += Int8Layout.Group, w += step)
        {
            var weights = Int8Row<S, V, P, N>.Load(w);
            r0.Add(x0 + k, plane, in weights);
            r1.Add(x1 + k, plane, in weights);
            if (sizeof(R) > 2) r2.Add(x2 + k, plane, in weights);
            if (sizeof(R) > 3) r3.Add(x3 + k, plane, in weights);
            if (sizeof(R) > 4) r4.Add(x4 + k, plane, in weights);
            if (sizeof(R) > 5) r5.Add(x5 + k, plane, in weights);
        }

        var missing = block.Missing + row;
        var scales = block.Scales + row;
        r0.Finish(missing[0], scales[0], panel.Scales, panel.TooMuch, sums);
        r1.Finish(missing[1], scales[1], panel.Scales, panel.TooMuch, sums + stride);
        if (sizeof(R) > 2) r2.Finish(missing[2], scales[2], panel.Scales, panel.TooMuch, sums + (2 * stride));
        if (sizeof(R) > 3) r3.Finish(missing[3], scales[3], panel.Scales, panel.TooMuch, sums + (3 * stride));
        if (sizeof(R) > 4) r4.Finish(missing[4], scales[4], panel.Scales, panel.TooMuch, sums + (4 * stride));
        if (sizeof(R) > 5) r5.Finish(missing[5], scales[5], panel.Scales, panel.TooMuch, sums + (5 * stride));
    }
}
