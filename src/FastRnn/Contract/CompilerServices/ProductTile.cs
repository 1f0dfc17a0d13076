using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The matrix product of a kernel whose operands multiply all of its accumulators: a tile of rows of the batch times N vectors of
/// accumulators, which stay in registers over all operands. It knows no cell: what is made of the sums is the kernel's affair. An
/// accumulator is one chain of fused multiply-adds, elements ascending, so its bits depend on no tile.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="N">The number of vectors, 1 to 5.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ProductTile<S, V, N>
    where S : ISimd<V>
    where V : struct
    where N : unmanaged
{
    private const int BlockRows = 32;

    /// <summary>Rows of the largest tile: accumulators, one operand and the smaller of rows and vectors fit the registers, of which there
    /// are 32 of 512 bits and 16 of fewer (SSE and AVX2; what more there is elsewhere is not used).</summary>
    public static int MostRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => S.Lanes == 16
            ? sizeof(N) <= 2 ? 12 : sizeof(N) == 3 ? 9 : sizeof(N) == 4 ? 6 : 5
            : sizeof(N) == 1 ? 12 : sizeof(N) == 2 ? 6 : sizeof(N) == 3 ? 4 : sizeof(N) == 4 ? 3 : 2;
    }

    /// <summary>The rows of the next tile. With the most rows and one less most batches need no smaller tile, whose few rows would wait for
    /// the weights.</summary>
    /// <param name="left">Rows that are left, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rows(int left)
    {
        var rows = LayerCall.TileRows(left, MostRows);
        return rows >= MostRows - 1 ? rows : rows >= 4 && MostRows >= 8 ? 4 : rows >= 2 ? 2 : 1;
    }

    /// <summary>The rows whose sums are made next where elements are multiplied in blocks: enough to read a block's weights seldom, and not
    /// so many that their own numbers drive them out of the first cache.</summary>
    /// <param name="tile">With a depth.</param>
    /// <param name="left">Rows that are left, at least 1.</param>
    public static int Rows(in TileSums tile, int left) => Math.Min(left, Math.Min(BlockRows, LayerCall.ScratchFloats / (int)tile.Stride));

    /// <summary>The sums of a tile, or of as many tiles as <paramref name="rows"/> make.</summary>
    /// <param name="tile">Operands, and where the sums go.</param>
    /// <param name="w">The panel.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">What <see cref="Rows(int)"/> said, or with a depth <see cref="Rows(in TileSums, int)"/>.</param>
    // One method stands between a kernel and its tile, compiled once and fully, and all that leads from one to the other is part of it:
    // calls that are not inlined are 40 ns for a tile of a few elements (5 % of a training step of LSTM 16 -> 32).
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Sum(in TileSums tile, float* w, int row, int rows) => Sum<Product<S, V, N>>(in tile, w, row, rows, sizeof(N));

    /// <summary>The same where each operand multiplies all accumulators but the first or the last one.</summary>
    /// <inheritdoc cref="Sum"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SumParts(in TileSums tile, float* w, int row, int rows) =>
        Sum<PartProduct<S, V, N>>(in tile, w, row, rows, sizeof(N) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<P>(in TileSums tile, float* w, int row, int rows, int vectors)
        where P : ITileProduct
    {
        if (tile.Depth == 0)
        {
            SumChains<P>(in tile, w, row, rows, vectors);
        }
        else
        {
            SumBlocks<P>(in tile, w, row, rows, vectors);
        }
    }

    /// <summary>All rows pass over a block of elements, whose weights stay in the first cache, before the next block: a tile of few
    /// registers has few rows, and would read the whole panel from the second cache for them. Sums wait in the scratch meanwhile, and go on
    /// in the same order, so their bits are those of one walk.</summary>
    private static void SumBlocks<P>(in TileSums tile, float* w, int row, int rows, int vectors)
        where P : ITileProduct
    {
        var head = tile.HasBias ? w : null;
        w += tile.Head * S.Lanes;
        var isFirst = true;
        for (var operand = tile.First; operand < tile.End; operand++)
        {
            var depth = operand->Tokens == null ? Math.Min(tile.Depth, operand->Length) : operand->Length;
            for (nint k = 0; k < operand->Length; k += depth, isFirst = false)
            {
                var block = operand->Block(k, Math.Min(depth, operand->Length - k));
                SumRows<P>(&block, &block + 1, in tile, head, isFirst, w, row, rows, vectors);
                w += block.Length * vectors * S.Lanes;
            }
        }

        if (isFirst)
        {
            SumRows<P>(null, null, in tile, head, isFirst, w, row, rows, vectors);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumRows<P>(
        TileOperand* first, TileOperand* end, in TileSums tile, float* head, bool isFirst, float* w, int row, int rows, int vectors)
        where P : ITileProduct
    {
        // A block of the next panel has so many lines for each element; the first tiles ask for them.
        var lines = tile.Ahead == 0 ? 0 : vectors * S.Lanes / CacheHint.LineFloats;
        var next = w + tile.Ahead;
        for (int at = 0, count; at < rows; at += count)
        {
            count = Rows(rows - at);
            var sums = tile.Sums + (at * tile.Stride);
            Sum<P>(first, end, isFirst ? head : sums, w, lines-- > 0 ? next : w, row + at, count, chain: 0, sums, tile.Stride);
            next += first == end ? 0 : first->Length * CacheHint.LineFloats;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumChains<P>(in TileSums tile, float* w, int row, int rows, int vectors)
        where P : ITileProduct
    {
        var head = tile.HasBias ? w : null;
        w += tile.Head * S.Lanes;
        Sum<P>(tile.First, tile.End, head, w, Next(in tile, w, row, vectors), row, rows, chain: 0, tile.Sums, tile.Stride);
        for (var operand = tile.First; operand < tile.End; operand++)
        {
            for (var chain = 1; chain < operand->Chains; chain++)
            {
                Sum<P>(operand, operand + 1, null, w, w, row, rows, chain, tile.Sums, tile.Stride);
            }

            w += operand->Length * vectors * S.Lanes;
        }
    }

    /// <summary>The sums of a tile over a panel with two bfloat16 weights in a word, the first one in its lower half. One operand, no
    /// chains.</summary>
    /// <inheritdoc cref="Sum"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SumPairs(in TileSums tile, float* w, int row, int rows) => Sum<PairedProduct<S, V, N>>(
        tile.First, tile.End, tile.HasBias ? w : null, w + (tile.Head * S.Lanes), w, row, rows, chain: 0, tile.Sums, tile.Stride);

    /// <summary>What a tile asks for while it multiplies: a line with each element, so the tiles of a panel bring the next panel piece by
    /// piece. Where nothing is to be asked for it is the panel itself, which costs a slot of a load port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Next(in TileSums tile, float* w, int row, int vectors)
    {
        var index = (row - tile.FirstRow) / MostRows;

        // The tiles of few registers are many: without an end they would ask for a dozen panels, and lose the one at hand (0.8 times as
        // fast).
        return tile.Ahead == 0 || (S.Lanes < 16 && index >= vectors * S.Lanes / CacheHint.LineFloats)
            ? w : w + tile.Ahead + (index * (tile.Ahead / (vectors * S.Lanes)) * CacheHint.LineFloats);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<P>(
        TileOperand* first, TileOperand* end, float* head, float* w, float* next, int row, int rows, int chain, float* sums, nint stride)
        where P : ITileProduct
    {
        // What is not among the rows of a tile of N vectors is not compiled.
        if (rows == 1)
        {
            P.Sum<Count1>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (rows == 2)
        {
            P.Sum<Count2>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 3 || (MostRows is 4 && rows == 3))
        {
            P.Sum<Count3>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 4 or 5 or 9 or 12 && rows == 4)
        {
            P.Sum<Count4>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 5 || (MostRows is 6 && rows == 5))
        {
            P.Sum<Count5>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 6)
        {
            P.Sum<Count6>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 9 && rows == 8)
        {
            P.Sum<Count8>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 9)
        {
            P.Sum<Count9>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 12 && rows == 11)
        {
            P.Sum<Count11>(first, end, head, w, next, row, chain, sums, stride);
        }
        else if (MostRows is 12)
        {
            P.Sum<Count12>(first, end, head, w, next, row, chain, sums, stride);
        }
    }
}
