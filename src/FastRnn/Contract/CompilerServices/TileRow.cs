using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>N vectors of accumulators of one row, or the weights of one element: a struct that the JIT takes apart into
/// registers.</summary>
internal unsafe struct TileRow<S, V, N>
    where S : ISimd<V>
    where V : struct
    where N : unmanaged
{
    public V A;
    public V B;
    public V C;
    public V D;
    public V E;

    /// <summary>Zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<S, V, N> Zero()
    {
        Unsafe.SkipInit(out TileRow<S, V, N> row);
        row.A = S.Zero;
        if (sizeof(N) > 1) row.B = S.Zero;
        if (sizeof(N) > 2) row.C = S.Zero;
        if (sizeof(N) > 3) row.D = S.Zero;
        if (sizeof(N) > 4) row.E = S.Zero;
        return row;
    }

    /// <summary>Reads N vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<S, V, N> Load(float* from)
    {
        Unsafe.SkipInit(out TileRow<S, V, N> row);
        row.A = S.Load(from);
        if (sizeof(N) > 1) row.B = S.Load(from + (1 * S.Lanes));
        if (sizeof(N) > 2) row.C = S.Load(from + (2 * S.Lanes));
        if (sizeof(N) > 3) row.D = S.Load(from + (3 * S.Lanes));
        if (sizeof(N) > 4) row.E = S.Load(from + (4 * S.Lanes));
        return row;
    }

    /// <summary>Reads N vectors of words, and makes floats of their lower halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<S, V, N> LoadLower(float* from)
    {
        Unsafe.SkipInit(out TileRow<S, V, N> row);
        row.A = S.ShiftLeftBits(S.Load(from), 16);
        if (sizeof(N) > 1) row.B = S.ShiftLeftBits(S.Load(from + (1 * S.Lanes)), 16);
        if (sizeof(N) > 2) row.C = S.ShiftLeftBits(S.Load(from + (2 * S.Lanes)), 16);
        if (sizeof(N) > 3) row.D = S.ShiftLeftBits(S.Load(from + (3 * S.Lanes)), 16);
        if (sizeof(N) > 4) row.E = S.ShiftLeftBits(S.Load(from + (4 * S.Lanes)), 16);
        return row;
    }

    /// <summary>Adds <paramref name="x"/> times the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V x, in TileRow<S, V, N> weights)
    {
        A = S.Fma(x, weights.A, A);
        if (sizeof(N) > 1) B = S.Fma(x, weights.B, B);
        if (sizeof(N) > 2) C = S.Fma(x, weights.C, C);
        if (sizeof(N) > 3) D = S.Fma(x, weights.D, D);
        if (sizeof(N) > 4) E = S.Fma(x, weights.E, E);
    }

    /// <summary>Adds N vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* from)
    {
        A = S.Add(S.Load(from), A);
        if (sizeof(N) > 1) B = S.Add(S.Load(from + (1 * S.Lanes)), B);
        if (sizeof(N) > 2) C = S.Add(S.Load(from + (2 * S.Lanes)), C);
        if (sizeof(N) > 3) D = S.Add(S.Load(from + (3 * S.Lanes)), D);
        if (sizeof(N) > 4) E = S.Add(S.Load(from + (4 * S.Lanes)), E);
    }

    /// <summary>Writes N vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        S.Store(A, to);
        if (sizeof(N) > 1) S.Store(B, to + (1 * S.Lanes));
        if (sizeof(N) > 2) S.Store(C, to + (2 * S.Lanes));
        if (sizeof(N) > 3) S.Store(D, to + (3 * S.Lanes));
        if (sizeof(N) > 4) S.Store(E, to + (4 * S.Lanes));
    }

    /// <summary>Reads N - 1 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileRow<S, V, N> LoadPart(float* from)
    {
        Unsafe.SkipInit(out TileRow<S, V, N> row);
        row.A = S.Load(from);
        if (sizeof(N) > 2) row.B = S.Load(from + (1 * S.Lanes));
        if (sizeof(N) > 3) row.C = S.Load(from + (2 * S.Lanes));
        if (sizeof(N) > 4) row.D = S.Load(from + (3 * S.Lanes));
        return row;
    }

    /// <summary>Adds <paramref name="x"/> times N - 1 weights to all but the last vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFirst(V x, in TileRow<S, V, N> weights)
    {
        A = S.Fma(x, weights.A, A);
        if (sizeof(N) > 2) B = S.Fma(x, weights.B, B);
        if (sizeof(N) > 3) C = S.Fma(x, weights.C, C);
        if (sizeof(N) > 4) D = S.Fma(x, weights.D, D);
    }

    /// <summary>Adds <paramref name="x"/> times N - 1 weights to all but the first vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLast(V x, in TileRow<S, V, N> weights)
    {
        B = S.Fma(x, weights.A, B);
        if (sizeof(N) > 2) C = S.Fma(x, weights.B, C);
        if (sizeof(N) > 3) D = S.Fma(x, weights.C, D);
        if (sizeof(N) > 4) E = S.Fma(x, weights.D, E);
    }

    /// <summary>Adds N - 1 vectors to all but the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddPart(float* from)
    {
        A = S.Add(S.Load(from), A);
        if (sizeof(N) > 2) B = S.Add(S.Load(from + (1 * S.Lanes)), B);
        if (sizeof(N) > 3) C = S.Add(S.Load(from + (2 * S.Lanes)), C);
        if (sizeof(N) > 4) D = S.Add(S.Load(from + (3 * S.Lanes)), D);
    }

    /// <summary>Adds <paramref name="x"/> times the weights of one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProducts<M>(V x, float* w)
        where M : ITileVectors
    {
        if (M.Has(0, sizeof(N))) A = S.Fma(x, S.Load(w + (M.Place(0) * S.Lanes)), A);
        if (M.Has(1, sizeof(N))) B = S.Fma(x, S.Load(w + (M.Place(1) * S.Lanes)), B);
        if (M.Has(2, sizeof(N))) C = S.Fma(x, S.Load(w + (M.Place(2) * S.Lanes)), C);
        if (M.Has(3, sizeof(N))) D = S.Fma(x, S.Load(w + (M.Place(3) * S.Lanes)), D);
        if (M.Has(4, sizeof(N))) E = S.Fma(x, S.Load(w + (M.Place(4) * S.Lanes)), E);
    }

    /// <summary>The same with weights that are the lower halves of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLower<M>(V x, float* w)
        where M : ITileVectors
    {
        if (M.Has(0, sizeof(N))) A = S.Fma(x, S.ShiftLeftBits(S.Load(w + (M.Place(0) * S.Lanes)), 16), A);
        if (M.Has(1, sizeof(N))) B = S.Fma(x, S.ShiftLeftBits(S.Load(w + (M.Place(1) * S.Lanes)), 16), B);
        if (M.Has(2, sizeof(N))) C = S.Fma(x, S.ShiftLeftBits(S.Load(w + (M.Place(2) * S.Lanes)), 16), C);
        if (M.Has(3, sizeof(N))) D = S.Fma(x, S.ShiftLeftBits(S.Load(w + (M.Place(3) * S.Lanes)), 16), D);
        if (M.Has(4, sizeof(N))) E = S.Fma(x, S.ShiftLeftBits(S.Load(w + (M.Place(4) * S.Lanes)), 16), E);
    }

    /// <summary>Adds two elements times their weights, which stand in one word: the second one is read with the first as the end of its
    /// fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddPairs<M>(V first, V second, float* w)
        where M : ITileVectors
    {
        if (M.Has(0, sizeof(N))) A = Pair(first, second, S.Load(w + (M.Place(0) * S.Lanes)), A);
        if (M.Has(1, sizeof(N))) B = Pair(first, second, S.Load(w + (M.Place(1) * S.Lanes)), B);
        if (M.Has(2, sizeof(N))) C = Pair(first, second, S.Load(w + (M.Place(2) * S.Lanes)), C);
        if (M.Has(3, sizeof(N))) D = Pair(first, second, S.Load(w + (M.Place(3) * S.Lanes)), D);
        if (M.Has(4, sizeof(N))) E = Pair(first, second, S.Load(w + (M.Place(4) * S.Lanes)), E);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V first, V second, V pair, V sum) => S.Fma(second, pair, S.Fma(first, S.ShiftLeftBits(pair, 16), sum));

    /// <summary>Reads vectors in place of those that are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace<M>(float* w)
        where M : ITileVectors
    {
        if (M.Has(0, sizeof(N))) A = S.Load(w + (M.Place(0) * S.Lanes));
        if (M.Has(1, sizeof(N))) B = S.Load(w + (M.Place(1) * S.Lanes));
        if (M.Has(2, sizeof(N))) C = S.Load(w + (M.Place(2) * S.Lanes));
        if (M.Has(3, sizeof(N))) D = S.Load(w + (M.Place(3) * S.Lanes));
        if (M.Has(4, sizeof(N))) E = S.Load(w + (M.Place(4) * S.Lanes));
    }
}
