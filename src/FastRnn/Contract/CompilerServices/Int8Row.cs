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

    /// <summary>Adds finished sums to those in memory.</summary>
    /// <param name="missing">What this row's sums lack.</param>
    /// <param name="scale">The row's scale.</param>
    /// <param name="scales">The units' scales.</param>
    /// <param name="tooMuch">What the units' sums have too much.</param>
    /// <param name="sums">The sums in memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Finish(int missing, float scale, float* scales, float* tooMuch, float* sums)
    {
        Finish(A, missing, scale, scales, tooMuch, sums);
        if (sizeof(N) > 1) Finish(B, missing, scale, scales + (1 * S.Lanes), tooMuch + (1 * S.Lanes), sums + (1 * S.Lanes));
        if (sizeof(N) > 2) Finish(C, missing, scale, scales + (2 * S.Lanes), tooMuch + (2 * S.Lanes), sums + (2 * S.Lanes));
        if (sizeof(N) > 3) Finish(D, missing, scale, scales + (3 * S.Lanes), tooMuch + (3 * S.Lanes), sums + (3 * S.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(V sum, int missing, float scale, float* scales, float* tooMuch, float* sums)
    {
        var whole = P.Form switch
        {
            Int8Form.Magnitude => S.AddBits(sum, S.CreateBits(missing)),
            Int8Form.Offset => S.SubtractBits(sum, S.Load(tooMuch)),
            _ => sum,
        };
        var product = S.Multiply(S.Create(scale), S.Load(scales));
        S.Store(S.Fma(P.ToSingle(whole), product, S.Load(sums)), sums);
    }
}
