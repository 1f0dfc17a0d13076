using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The deferred product: the gradient of a matrix from everything that a block of time left behind. Each element is one chain of
/// fused multiply-adds that begins with the value already there, then sequences ascending, and within each its steps ascending: the
/// same bits for every width, tile, number of workers, and for a batch as for its sequences one after the other.</summary>
/// <remarks>Blocks of <see cref="BlockDepth"/> rows of dPre are packed into panels of 8 columns that stay in the second cache level; a
/// panel of x of three vectors stays in the first, while tiles of 8 rows x 3 vectors (24 accumulators) pass over both.</remarks>
internal static unsafe class WeightGradient
{
    /// <summary>Floats of scratch that a worker needs, 64-byte aligned.</summary>
    public const int ScratchFloats = PackedRows + PackedColumns + EdgeTile + RowSums;

    private const int BlockDepth = 128;
    private const int BlockPanels = 64;
    private const int MaxLanes = 16;

    // A cache line more than a power of two: else all panels would compete for the same few sets of the cache.
    private const int PanelStride = BlockDepth * OuterProductTile.PanelRows + MaxLanes;
    private const int PackedRows = BlockPanels * PanelStride;
    private const int PackedColumns = BlockDepth * OuterProductTile.PanelVectors * MaxLanes;
    private const int EdgeTile = OuterProductTile.PanelRows * OuterProductTile.PanelVectors * MaxLanes;
    private const int RowSums = BlockPanels * OuterProductTile.PanelRows;

    /// <summary>The tiles into which a gradient <c>[R, C]</c> can be cut. Neighbours share packed data: give a worker a range.</summary>
    public static int TileCount(SimdWidth width, int rows, int columns) =>
        checked(DivideUp(rows, OuterProductTile.PanelRows) * ColumnPanels(columns, SimdWidths.Lanes(width)));

    /// <summary>Adds the product to the tiles from <paramref name="tileBegin"/> to <paramref name="tileEnd"/>.</summary>
    public static void Run(SimdWidth width, in WeightGradientCall call, int tileBegin, int tileEnd, float* scratch) =>
        SimdDispatch.Run(width, new Work(in call, tileBegin, tileEnd, scratch));

    private static void Run<S, V>(in WeightGradientCall call, int tileBegin, int tileEnd, float* scratch)
        where S : ISimd<V>
        where V : struct
    {
        if (tileBegin >= tileEnd)
            return;
        var columnPanels = 0;
        for (var o = 0; o < call.OperandCount; o++)
            columnPanels += ColumnPanels(call.Operands[o].Columns, S.Lanes);
        var lastPanel = (tileEnd - 1) / columnPanels;
        for (var panel = tileBegin / columnPanels; panel <= lastPanel; panel += BlockPanels)
        {
            var panelEnd = Math.Min(panel + BlockPanels, lastPanel + 1);
            var sums = LoadSums(call, panel, panelEnd, scratch);
            var depth = call.Order.Count;
            for (var n = 0L; n < depth; n += BlockDepth)
            {
                var count = (int)Math.Min(BlockDepth, depth - n);
                PackRows(call, n, count, panel, panelEnd, scratch, sums);
                var ahead = new BlockPrefetch(call, n + count, (int)Math.Min(BlockDepth, depth - n - count), panel, panelEnd, columnPanels);
                var column = 0;
                for (var o = 0; o < call.OperandCount; o++)
                {
                    ref readonly var operand = ref call.Operands[o];
                    var own = ColumnPanels(operand.Columns, S.Lanes);
                    for (var c = 0; c < own; c++, column++)
                    {
                        // Only the first and the last row of tiles may be cut.
                        var from = panel * columnPanels + column < tileBegin ? panel + 1 : panel;
                        var to = (panelEnd - 1) * columnPanels + column >= tileEnd ? panelEnd - 1 : panelEnd;
                        ahead.Columns(NextColumns(call, n, o, c, own, S.Lanes), to - from);
                        if (from < to)
                            ColumnPanel<S, V>(call, operand, n, count, c, panel, from, to, scratch, ref ahead);
                    }
                }
            }

            // A row of tiles that workers share belongs to the one with its first tile.
            var (first, end) = (DivideUp(tileBegin, columnPanels), DivideUp(tileEnd, columnPanels));
            StoreSums(call, Math.Max(panel, first), Math.Min(panelEnd, end), panel, sums);
        }
    }

    /// <summary>Adds one block of depth to the tiles of one panel of columns.</summary>
    private static void ColumnPanel<S, V>(
        in WeightGradientCall call, in WeightOperand operand, long n, int count, int column, int packedFrom, int from, int to,
        float* scratch, ref BlockPrefetch ahead)
        where S : ISimd<V>
        where V : struct
    {
        var columns = scratch + PackedRows;
        var edge = columns + PackedColumns;
        var firstColumn = FirstColumn(column, operand.Columns, S.Lanes);
        var width = Math.Min(FirstColumn(column + 1, operand.Columns, S.Lanes), operand.Columns) - firstColumn;
        var vectors = DivideUp(width, S.Lanes);
        PackColumns<S, V>(call.Order, operand.X, n, count, firstColumn, width, vectors, columns);
        for (var panel = from; panel < to; panel++)
        {
            var a = scratch + (panel - packedFrom) * PanelStride;
            var firstRow = panel * OuterProductTile.PanelRows;
            var height = Math.Min(OuterProductTile.PanelRows, call.Rows - firstRow);
            var c = operand.Gradient + (nint)firstRow * operand.Columns + firstColumn;
            ahead.Next();
            if (height == OuterProductTile.PanelRows && width == vectors * S.Lanes)
            {
                FetchTile(c + (nint)OuterProductTile.PanelRows * operand.Columns, operand.Columns, width);
                Tile<S, V>(a, columns, count, vectors, c, operand.Columns);
                continue;
            }

            var edgeStride = vectors * S.Lanes;
            for (var r = 0; r < height; r++)
                new ReadOnlySpan<float>(c + (nint)r * operand.Columns, width).CopyTo(new Span<float>(edge + r * edgeStride, width));
            Tile<S, V>(a, columns, count, vectors, edge, edgeStride);
            for (var r = 0; r < height; r++)
                new ReadOnlySpan<float>(edge + r * edgeStride, width).CopyTo(new Span<float>(c + (nint)r * operand.Columns, width));
        }
    }

    /// <summary>Asks for the tile that comes next, which another block of depth has pushed out of the near caches.</summary>
    private static void FetchTile(float* c, nint stride, int width)
    {
        for (var r = 0; r < OuterProductTile.PanelRows; r++, c += stride)
        {
            for (var column = 0; column < width; column += CacheHint.LineFloats)
                CacheHint.First(c + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<S, V>(float* a, float* x, int count, int vectors, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        if (vectors == 1)
        {
            OuterProductTile.Rows8Vectors1<S, V>(a, x, count, c, stride);
        }
        else if (S.Lanes == MaxLanes)
        {
            if (vectors == 3)
                OuterProductTile.Rows8Vectors3<S, V>(a, x, count, c, stride);
            else
                OuterProductTile.Rows8Vectors2<S, V>(a, x, count, c, stride);
        }
        else
        {
            for (var half = 0; half < OuterProductTile.PanelRows; half += 4)
            {
                if (vectors == 3)
                    HalfOuterProductTile.Rows4Vectors3<S, V>(a + half, x, count, c + half * stride, stride);
                else
                    HalfOuterProductTile.Rows4Vectors2<S, V>(a + half, x, count, c + half * stride, stride);
            }
        }
    }

    /// <summary>Packs <c>[count, 8]</c> for each panel of rows, zeros beyond the last, and adds them to <paramref name="sums"/> if
    /// any.</summary>
    private static void PackRows(in WeightGradientCall call, long n, int count, int panel, int panelEnd, float* packed, float* sums)
    {
        var firstRow = panel * OuterProductTile.PanelRows;
        var whole = Math.Min(panelEnd, call.Rows / OuterProductTile.PanelRows) - panel;
        var rest = whole < panelEnd - panel ? call.Rows - (firstRow + whole * OuterProductTile.PanelRows) : 0;
        var position = call.Order.At(n);
        for (var k = 0; k < count; k++, position.Advance())
        {
            var source = call.DPre.At(in position) + firstRow;
            var target = packed + k * OuterProductTile.PanelRows;
            for (var p = 0; p < whole; p++, target += PanelStride)
                Vector256.Store(Vector256.Load(source + p * OuterProductTile.PanelRows), target);
            if (rest != 0)
            {
                Vector256.Store(Vector256<float>.Zero, target);
                for (var r = 0; r < rest; r++)
                    target[r] = source[whole * OuterProductTile.PanelRows + r];
            }

            if (sums != null)
                AddRow(source, sums, whole * OuterProductTile.PanelRows, rest);
        }
    }

    private static void AddRow(float* source, float* sums, int whole, int rest)
    {
        var r = 0;
        for (; r < whole; r += OuterProductTile.PanelRows)
            Vector256.Store(Vector256.Load(sums + r) + Vector256.Load(source + r), sums + r);
        for (; r < whole + rest; r++)
            sums[r] += source[r];
    }

    /// <summary>The sums of the rows of some panels as they are so far, or null if they are not wanted.</summary>
    private static float* LoadSums(in WeightGradientCall call, int panel, int panelEnd, float* scratch)
    {
        var sums = scratch + PackedRows + PackedColumns + EdgeTile;
        if (call.Sums == null)
            return null;
        var (from, to) = RowRange(call, panel, panelEnd);
        new ReadOnlySpan<float>(call.Sums + from, to - from).CopyTo(new Span<float>(sums, RowSums));
        return sums;
    }

    private static void StoreSums(in WeightGradientCall call, int panel, int panelEnd, int firstPanel, float* sums)
    {
        var (from, to) = RowRange(call, panel, panelEnd);
        if (sums != null && from < to)
            new ReadOnlySpan<float>(sums + (from - firstPanel * OuterProductTile.PanelRows), to - from)
                .CopyTo(new Span<float>(call.Sums + from, to - from));
    }

    private static (int From, int To) RowRange(in WeightGradientCall call, int panel, int panelEnd) =>
        (panel * OuterProductTile.PanelRows, Math.Min(panelEnd * OuterProductTile.PanelRows, call.Rows));

    /// <summary>Packs <c>[count, vectors]</c> of one panel of columns; columns beyond the last are zero.</summary>
    private static void PackColumns<S, V>(
        in SumOrder order, in SequenceRows x, long n, int count, int firstColumn, int width, int vectors, float* packed)
        where S : ISimd<V>
        where V : struct
    {
        var whole = width / S.Lanes;
        var position = order.At(n);
        for (var k = 0; k < count; k++, packed += vectors * S.Lanes, position.Advance())
        {
            var source = x.At(in position) + firstColumn;
            for (var v = 0; v < whole; v++)
                S.Store(S.Load(source + v * S.Lanes), packed + v * S.Lanes);
            if (whole < vectors)
            {
                S.Store(S.Zero, packed + whole * S.Lanes);
                for (var c = whole * S.Lanes; c < width; c++)
                    packed[c] = source[c];
            }
        }
    }

    /// <summary>Panels are as wide as each other but for one vector: 16 vectors are not 5 x 3 and a lonely one, which would run at half the
    /// speed.</summary>
    private static int FirstColumn(int panel, int columns, int lanes)
    {
        var panels = ColumnPanels(columns, lanes);
        return DivideUp(DivideUp(columns, lanes) * panel, panels) * lanes;
    }

    private static int ColumnPanels(int columns, int lanes) => DivideUp(columns, OuterProductTile.PanelVectors * lanes);

    internal static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    /// <summary>What will be packed after panel <paramref name="column"/> of operand <paramref name="o"/>: the next panel, the next
    /// operand's first, or the first of the next block.</summary>
    private static RowPrefetch NextColumns(in WeightGradientCall call, long n, int o, int column, int own, int lanes)
    {
        if (++column == own)
        {
            column = 0;
            if (++o == call.OperandCount)
            {
                o = 0;
                n += BlockDepth;
            }
        }

        ref readonly var operand = ref call.Operands[o];
        var first = FirstColumn(column, operand.Columns, lanes);
        var width = Math.Min(FirstColumn(column + 1, operand.Columns, lanes), operand.Columns) - first;
        var left = call.Order.Count - n;
        return new RowPrefetch(operand.X, call.Order, n, (int)Math.Clamp(left, 0, BlockDepth), first, width);
    }

    private readonly ref struct Work(ref readonly WeightGradientCall call, int tileBegin, int tileEnd, float* scratch) : ISimdWork
    {
        private readonly ref readonly WeightGradientCall call = ref call;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => WeightGradient.Run<S, V>(call, tileBegin, tileEnd, scratch);
    }
}
