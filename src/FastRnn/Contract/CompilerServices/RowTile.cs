using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>As <see cref="ProductTile{S, V, N}"/>, for the step of a single row: it has one element for each weight, so some tiles are
/// summed together, to hide the latency of the multiply-adds. Only for layers whose weights outgrow the first cache: there it costs nothing
/// that sums pass through a scratch on their way to the equations.</summary>
/// <typeparam name="S">The operations on a vector.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="N">The number of vectors of a tile, 1 to 5.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RowTile<S, V, N>
    where S : ISimd<V>
    where V : struct
    where N : unmanaged
{
    /// <summary>Accumulators that are summed together at most.</summary>
    private const int MostVectors = 12;

    /// <summary>The sums of some tiles.</summary>
    /// <param name="row">Operands, panels, and where the sums go.</param>
    /// <param name="tile">The first tile.</param>
    /// <param name="tiles">How many, 1 to 6, of 12 vectors together at most.</param>
    public static void Sum(in RowSums row, int tile, int tiles)
    {
        if (row.BFloat16)
        {
            Sum<ITileVectors.All, ITileVectors.All, Pairs>(in row, tile, tiles);
        }
        else
        {
            Sum<ITileVectors.All, ITileVectors.All, Floats>(in row, tile, tiles);
        }
    }

    /// <summary>The same where each operand multiplies all accumulators but the first or the last one; a hoisted one all but the
    /// last.</summary>
    /// <inheritdoc cref="Sum"/>
    public static void SumParts(in RowSums row, int tile, int tiles)
    {
        if (row.BFloat16)
        {
            Sum<ITileVectors.AllButLast, ITileVectors.AllButFirst, Pairs>(in row, tile, tiles);
        }
        else
        {
            Sum<ITileVectors.AllButLast, ITileVectors.AllButFirst, Floats>(in row, tile, tiles);
        }
    }

    private static void Sum<M, L, W>(in RowSums row, int tile, int tiles)
        where M : ITileVectors
        where L : ITileVectors
    {
        // What a tile of N vectors has no room for is not compiled.
        if (tiles == 1)
        {
            Sum<M, L, W, Count1>(in row, tile);
        }
        else if (tiles == 2)
        {
            Sum<M, L, W, Count2>(in row, tile);
        }
        else if (3 * sizeof(N) <= MostVectors && tiles == 3)
        {
            Sum<M, L, W, Count3>(in row, tile);
        }
        else if (4 * sizeof(N) <= MostVectors && tiles == 4)
        {
            Sum<M, L, W, Count4>(in row, tile);
        }
        else if (5 * sizeof(N) <= MostVectors && tiles == 5)
        {
            Sum<M, L, W, Count5>(in row, tile);
        }
        else if (6 * sizeof(N) <= MostVectors && tiles == 6)
        {
            Sum<M, L, W, Count6>(in row, tile);
        }
    }

    /// <summary>The sums of B tiles.</summary>
    /// <typeparam name="M">What an operand multiplies.</typeparam>
    /// <typeparam name="L">The same if it skips the first accumulator.</typeparam>
    /// <typeparam name="W">How weights are stored.</typeparam>
    /// <typeparam name="B">The number of tiles.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<M, L, W, B>(in RowSums row, int tile)
        where M : ITileVectors
        where L : ITileVectors
        where B : unmanaged
    {
        var floats = (M.Has(sizeof(N) - 1, sizeof(N)) ? sizeof(N) : sizeof(N) - 1) * S.Lanes;
        var panel = row.PanelFloats;
        var w = row.Panels + (tile * panel);
        var r0 = Begin<M>(in row, w, tile * floats);
        TileRow<S, V, N> r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0;
        if (sizeof(B) > 1) r1 = Begin<M>(in row, w + panel, (tile + 1) * floats);
        if (sizeof(B) > 2) r2 = Begin<M>(in row, w + (2 * panel), (tile + 2) * floats);
        if (sizeof(B) > 3) r3 = Begin<M>(in row, w + (3 * panel), (tile + 3) * floats);
        if (sizeof(B) > 4) r4 = Begin<M>(in row, w + (4 * panel), (tile + 4) * floats);
        if (sizeof(B) > 5) r5 = Begin<M>(in row, w + (5 * panel), (tile + 5) * floats);
        var operand = row.First;
        w += row.Head * S.Lanes;
        if (row.Hoisted != null)
        {
            w += Words<W>(operand->Length) * floats;
            operand++;
        }

        for (; operand < row.End; operand++)
        {
            if (operand->Tokens != null)
            {
                // A one-hot vector selects a column: nothing is multiplied.
                var column = w + (operand->Tokens[0] * (nint)floats);
                Column<M>(ref r0, column);
                if (sizeof(B) > 1) Column<M>(ref r1, column + panel);
                if (sizeof(B) > 2) Column<M>(ref r2, column + (2 * panel));
                if (sizeof(B) > 3) Column<M>(ref r3, column + (3 * panel));
                if (sizeof(B) > 4) Column<M>(ref r4, column + (4 * panel));
                if (sizeof(B) > 5) Column<M>(ref r5, column + (5 * panel));
                w += operand->Length * floats;
                continue;
            }

            var x = operand->X;
            var (length, skipsFirst) = (operand->Length, operand->SkipsFirst);
            if (typeof(W) == typeof(Floats) || length == 1)
            {
                for (nint k = 0; k < length; k++, w += floats)
                {
                    var element = S.Create(x[k]);
                    if (typeof(M) == typeof(ITileVectors.All) || !skipsFirst)
                    {
                        r0.AddProducts<M>(element, w);
                        if (sizeof(B) > 1) r1.AddProducts<M>(element, w + panel);
                        if (sizeof(B) > 2) r2.AddProducts<M>(element, w + (2 * panel));
                        if (sizeof(B) > 3) r3.AddProducts<M>(element, w + (3 * panel));
                        if (sizeof(B) > 4) r4.AddProducts<M>(element, w + (4 * panel));
                        if (sizeof(B) > 5) r5.AddProducts<M>(element, w + (5 * panel));
                    }
                    else
                    {
                        r0.AddProducts<L>(element, w);
                        if (sizeof(B) > 1) r1.AddProducts<L>(element, w + panel);
                        if (sizeof(B) > 2) r2.AddProducts<L>(element, w + (2 * panel));
                        if (sizeof(B) > 3) r3.AddProducts<L>(element, w + (3 * panel));
                        if (sizeof(B) > 4) r4.AddProducts<L>(element, w + (4 * panel));
                        if (sizeof(B) > 5) r5.AddProducts<L>(element, w + (5 * panel));
                    }
                }

                continue;
            }

            for (nint k = 1; k < length; k += 2, w += floats)
            {
                var (first, second) = (S.Create(x[k - 1]), S.Create(x[k]));
                if (typeof(M) == typeof(ITileVectors.All) || !skipsFirst)
                {
                    r0.AddPairs<M>(first, second, w);
                    if (sizeof(B) > 1) r1.AddPairs<M>(first, second, w + panel);
                    if (sizeof(B) > 2) r2.AddPairs<M>(first, second, w + (2 * panel));
                    if (sizeof(B) > 3) r3.AddPairs<M>(first, second, w + (3 * panel));
                    if (sizeof(B) > 4) r4.AddPairs<M>(first, second, w + (4 * panel));
                    if (sizeof(B) > 5) r5.AddPairs<M>(first, second, w + (5 * panel));
                }
                else
                {
                    r0.AddPairs<L>(first, second, w);
                    if (sizeof(B) > 1) r1.AddPairs<L>(first, second, w + panel);
                    if (sizeof(B) > 2) r2.AddPairs<L>(first, second, w + (2 * panel));
                    if (sizeof(B) > 3) r3.AddPairs<L>(first, second, w + (3 * panel));
                    if (sizeof(B) > 4) r4.AddPairs<L>(first, second, w + (4 * panel));
                    if (sizeof(B) > 5) r5.AddPairs<L>(first, second, w + (5 * panel));
                }
            }

            if ((length & 1) != 0)
            {
                var last = S.Create(x[length - 1]);
                if (typeof(M) == typeof(ITileVectors.All) || !skipsFirst)
                {
                    r0.AddLower<M>(last, w);
                    if (sizeof(B) > 1) r1.AddLower<M>(last, w + panel);
                    if (sizeof(B) > 2) r2.AddLower<M>(last, w + (2 * panel));
                    if (sizeof(B) > 3) r3.AddLower<M>(last, w + (3 * panel));
                    if (sizeof(B) > 4) r4.AddLower<M>(last, w + (4 * panel));
                    if (sizeof(B) > 5) r5.AddLower<M>(last, w + (5 * panel));
                }
                else
                {
                    r0.AddLower<L>(last, w);
                    if (sizeof(B) > 1) r1.AddLower<L>(last, w + panel);
                    if (sizeof(B) > 2) r2.AddLower<L>(last, w + (2 * panel));
                    if (sizeof(B) > 3) r3.AddLower<L>(last, w + (3 * panel));
                    if (sizeof(B) > 4) r4.AddLower<L>(last, w + (4 * panel));
                    if (sizeof(B) > 5) r5.AddLower<L>(last, w + (5 * panel));
                }

                w += floats;
            }
        }

        var sums = row.Sums;
        r0.Store(sums);
        if (sizeof(B) > 1) r1.Store(sums + (1 * sizeof(N) * S.Lanes));
        if (sizeof(B) > 2) r2.Store(sums + (2 * sizeof(N) * S.Lanes));
        if (sizeof(B) > 3) r3.Store(sums + (3 * sizeof(N) * S.Lanes));
        if (sizeof(B) > 4) r4.Store(sums + (4 * sizeof(N) * S.Lanes));
        if (sizeof(B) > 5) r5.Store(sums + (5 * sizeof(N) * S.Lanes));
    }

    /// <summary>With what the sums of a tile begin: what was hoisted, else the bias or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TileRow<S, V, N> Begin<M>(in RowSums row, float* w, nint place)
        where M : ITileVectors
    {
        var begin = row.HasBias ? TileRow<S, V, N>.Load(w) : TileRow<S, V, N>.Zero();
        if (row.Hoisted != null)
        {
            begin.Replace<M>(row.Hoisted + place);
        }

        return begin;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<M>(ref TileRow<S, V, N> row, float* column)
        where M : ITileVectors
    {
        if (typeof(M) == typeof(ITileVectors.All))
        {
            row.Add(column);
        }
        else
        {
            row.AddPart(column);
        }
    }

    /// <summary>Words of so many weights.</summary>
    private static nint Words<W>(nint length) => typeof(W) == typeof(Floats) ? length : (length + 1) / 2;

    /// <summary>A weight is a float.</summary>
    private readonly struct Floats;

    /// <summary>Two weights are a word.</summary>
    private readonly struct Pairs;
}
