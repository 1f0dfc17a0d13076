using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>What <see cref="OuterProductTile"/> is, for CPUs with 16 vector registers: half a panel of rows at a time.</summary>
internal static unsafe class HalfOuterProductTile
{
    /// <summary>4 rows x 3 vectors: 12 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4Vectors3<S, V>(float* a, float* x, int count, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        V c00 = S.Load(c), c01 = S.Load(c + S.Lanes), c02 = S.Load(c + 2 * S.Lanes);
        V c10 = S.Load(c + stride), c11 = S.Load(c + stride + S.Lanes), c12 = S.Load(c + stride + 2 * S.Lanes);
        V c20 = S.Load(c + 2 * stride), c21 = S.Load(c + 2 * stride + S.Lanes), c22 = S.Load(c + 2 * stride + 2 * S.Lanes);
        V c30 = S.Load(c + 3 * stride), c31 = S.Load(c + 3 * stride + S.Lanes), c32 = S.Load(c + 3 * stride + 2 * S.Lanes);
        for (; count > 0; count--, a += OuterProductTile.PanelRows, x += 3 * S.Lanes)
        {
            var x0 = S.Load(x);
            var x1 = S.Load(x + S.Lanes);
            var x2 = S.Load(x + 2 * S.Lanes);
            var a0 = S.Create(a[0]);
            c00 = S.Fma(a0, x0, c00);
            c01 = S.Fma(a0, x1, c01);
            c02 = S.Fma(a0, x2, c02);
            var a1 = S.Create(a[1]);
            c10 = S.Fma(a1, x0, c10);
            c11 = S.Fma(a1, x1, c11);
            c12 = S.Fma(a1, x2, c12);
            var a2 = S.Create(a[2]);
            c20 = S.Fma(a2, x0, c20);
            c21 = S.Fma(a2, x1, c21);
            c22 = S.Fma(a2, x2, c22);
            var a3 = S.Create(a[3]);
            c30 = S.Fma(a3, x0, c30);
            c31 = S.Fma(a3, x1, c31);
            c32 = S.Fma(a3, x2, c32);
        }

        S.Store(c00, c);
        S.Store(c01, c + S.Lanes);
        S.Store(c02, c + 2 * S.Lanes);
        S.Store(c10, c + stride);
        S.Store(c11, c + stride + S.Lanes);
        S.Store(c12, c + stride + 2 * S.Lanes);
        S.Store(c20, c + 2 * stride);
        S.Store(c21, c + 2 * stride + S.Lanes);
        S.Store(c22, c + 2 * stride + 2 * S.Lanes);
        S.Store(c30, c + 3 * stride);
        S.Store(c31, c + 3 * stride + S.Lanes);
        S.Store(c32, c + 3 * stride + 2 * S.Lanes);
    }

    /// <summary>4 rows x 2 vectors: 8 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4Vectors2<S, V>(float* a, float* x, int count, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        V c00 = S.Load(c), c01 = S.Load(c + S.Lanes);
        V c10 = S.Load(c + stride), c11 = S.Load(c + stride + S.Lanes);
        V c20 = S.Load(c + 2 * stride), c21 = S.Load(c + 2 * stride + S.Lanes);
        V c30 = S.Load(c + 3 * stride), c31 = S.Load(c + 3 * stride + S.Lanes);
        for (; count > 0; count--, a += OuterProductTile.PanelRows, x += 2 * S.Lanes)
        {
            var x0 = S.Load(x);
            var x1 = S.Load(x + S.Lanes);
            var a0 = S.Create(a[0]);
            c00 = S.Fma(a0, x0, c00);
            c01 = S.Fma(a0, x1, c01);
            var a1 = S.Create(a[1]);
            c10 = S.Fma(a1, x0, c10);
            c11 = S.Fma(a1, x1, c11);
            var a2 = S.Create(a[2]);
            c20 = S.Fma(a2, x0, c20);
            c21 = S.Fma(a2, x1, c21);
            var a3 = S.Create(a[3]);
            c30 = S.Fma(a3, x0, c30);
            c31 = S.Fma(a3, x1, c31);
        }

        S.Store(c00, c);
        S.Store(c01, c + S.Lanes);
        S.Store(c10, c + stride);
        S.Store(c11, c + stride + S.Lanes);
        S.Store(c20, c + 2 * stride);
        S.Store(c21, c + 2 * stride + S.Lanes);
        S.Store(c30, c + 3 * stride);
        S.Store(c31, c + 3 * stride + S.Lanes);
    }
}
