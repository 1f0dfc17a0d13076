using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>N vectors of sums of one row, or the weights of four elements: a struct that the JIT takes apart into registers.</summary>
internal unsafe struct Int8Row<S, V, P, N>
    where S : ISimd<V>
    where V : struct
    where P : IInt8Dot<V>
    where N : unmanaged
{
    public V A;
    public V B;
    public V C;
    public V D;

    /// <summary>Zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int8Row<S, V, P, N> Zero()
    {
        Unsafe.SkipInit(out Int8Row<S, V, P, N> row);
        row.A = S.Zero;
        if (sizeof(N) > 1) row.B = S.Zero;
        if (sizeof(N) > 2) row.C = S.Zero;
        if (sizeof(N) > 3) row.D = S.Zero;
        return row;
    }

    /// <summary>With what the sums of a row begin, so that nothing is wrong with them at the end.</summary>
    /// <param name="missing">What they lack, if <see cref="Int8Form.Magnitude"/> says so.</param>
    /// <param name="tooMuch">What they have too much, if <see cref="Int8Form.Offset"/> does: the same for every row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int8Row<S, V, P, N> Begin(int* missing, in Int8Row<S, V, P, N> tooMuch)
    {
        if (P.Form == Int8Form.Offset)
        {
            return tooMuch;
        }

        Unsafe.SkipInit(out Int8Row<S, V, P, N> row);
        row.A = P.Form == Int8Form.Magnitude ? S.CreateBits(*missing) : S.Zero;
        if (sizeof(N) > 1) row.B = row.A;
        if (sizeof(N) > 2) row.C = row.A;
        if (sizeof(N) > 3) row.D = row.A;
        return row;
    }

    /// <summary>The integers of N vectors with the other sign, if <see cref="Int8Form.Offset"/> asks for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int8Row<S, V, P, N> LoadNegative(float* from)
    {
        var row = Zero();
        if (P.Form == Int8Form.Offset)
        {
            row.A = S.SubtractBits(row.A, S.Load(from));
            if (sizeof(N) > 1) row.B = S.SubtractBits(row.B, S.Load(from + (1 * S.Lanes)));
            if (sizeof(N) > 2) row.C = S.SubtractBits(row.C, S.Load(from + (2 * S.Lanes)));
            if (sizeof(N) > 3) row.D = S.SubtractBits(row.D, S.Load(from + (3 * S.Lanes)));
        }

        return row;
    }

    /// <summary>Reads N vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int8Row<S, V, P, N> Load(float* from)
    {
        Unsafe.SkipInit(out Int8Row<S, V, P, N> row);
        row.A = S.Load(from);
        if (sizeof(N) > 1) row.B = S.Load(from + (1 * S.Lanes));
        if (sizeof(N) > 2) row.C = S.Load(from + (2 * S.Lanes));
        if (sizeof(N) > 3) row.D = S.Load(from + (3 * S.Lanes));
        return row;
    }

    /// <summary>Adds the products of four elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte* x, nint plane, in Int8Row<S, V, P, N> weights)
    {
        var element = S.CreateBits(*(int*)x);
        var sign = P.Form == Int8Form.Magnitude ? S.CreateBits(*(int*)(x + plane)) : S.Zero;
        A = P.Dot(A, element, sign, weights.A);
        if (sizeof(N) > 1) B = P.Dot(B, element, sign, weights.B);
        if (sizeof(N) > 2) C = P.Dot(C, element, sign, weights.C);
        if (sizeof(N) > 3) D = P.Dot(D, element, sign, weights.D);
    }

    /// <summary>Adds other sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Int8Row<S, V, P, N> other)
    {
        A = S.AddBits(A, other.A);
        if (sizeof(N) > 1) B = S.AddBits(B, other.B);
        if (sizeof(N) > 2) C = S.AddBits(C, other.C);
        if (sizeof(N) > 3) D = S.AddBits(D, other.D);
    }

    /// <summary>Finished sums, which are added to floats.</summary>
    /// <param name="scale">The row's scale.</param>
    /// <param name="scales">The units' scales.</param>
    /// <param name="from">What they are added to.</param>
    /// <param name="to">Where the new sums go.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Finish(float* scale, in Int8Row<S, V, P, N> scales, float* from, float* to)
    {
        var row = S.Create(*scale);
        Finish(A, row, scales.A, from, to);
        if (sizeof(N) > 1) Finish(B, row, scales.B, from + (1 * S.Lanes), to + (1 * S.Lanes));
        if (sizeof(N) > 2) Finish(C, row, scales.C, from + (2 * S.Lanes), to + (2 * S.Lanes));
        if (sizeof(N) > 3) Finish(D, row, scales.D, from + (3 * S.Lanes), to + (3 * S.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(V sum, V row, V scale, float* from, float* to) =>
        S.Store(S.Fma(P.ToSingle(sum), S.Multiply(row, scale), S.Load(from)), to);
}
