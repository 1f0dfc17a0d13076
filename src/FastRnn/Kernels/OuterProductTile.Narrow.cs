using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <content>The columns that are left at the right edge.</content>
internal static unsafe partial class OuterProductTile
{
    /// <summary>8 rows x 2 vectors: 16 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8Vectors2<S, V>(float* a, float* x, int count, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        V c00 = S.Load(c), c01 = S.Load(c + S.Lanes);
        V c10 = S.Load(c + stride), c11 = S.Load(c + stride + S.Lanes);
        V c20 = S.Load(c + 2 * stride), c21 = S.Load(c + 2 * stride + S.Lanes);
        V c30 = S.Load(c + 3 * stride), c31 = S.Load(c + 3 * stride + S.Lanes);
        V c40 = S.Load(c + 4 * stride), c41 = S.Load(c + 4 * stride + S.Lanes);
        V c50 = S.Load(c + 5 * stride), c51 = S.Load(c + 5 * stride + S.Lanes);
        V c60 = S.Load(c + 6 * stride), c61 = S.Load(c + 6 * stride + S.Lanes);
        V c70 = S.Load(c + 7 * stride), c71 = S.Load(c + 7 * stride + S.Lanes);
        for (; count > 0; count--, a += PanelRows, x += 2 * S.Lanes)
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
            var a4 = S.Create(a[4]);
            c40 = S.Fma(a4, x0, c40);
            c41 = S.Fma(a4, x1, c41);
            var a5 = S.Create(a[5]);
            c50 = S.Fma(a5, x0, c50);
            c51 = S.Fma(a5, x1, c51);
            var a6 = S.Create(a[6]);
            c60 = S.Fma(a6, x0, c60);
            c61 = S.Fma(a6, x1, c61);
            var a7 = S.Create(a[7]);
            c70 = S.Fma(a7, x0, c70);
            c71 = S.Fma(a7, x1, c71);
        }

        S.Store(c00, c);
        S.Store(c01, c + S.Lanes);
        S.Store(c10, c + stride);
        S.Store(c11, c + stride + S.Lanes);
        S.Store(c20, c + 2 * stride);
        S.Store(c21, c + 2 * stride + S.Lanes);
        S.Store(c30, c + 3 * stride);
        S.Store(c31, c + 3 * stride + S.Lanes);
        S.Store(c40, c + 4 * stride);
        S.Store(c41, c + 4 * stride + S.Lanes);
        S.Store(c50, c + 5 * stride);
        S.Store(c51, c + 5 * stride + S.Lanes);
        S.Store(c60, c + 6 * stride);
        S.Store(c61, c + 6 * stride + S.Lanes);
        S.Store(c70, c + 7 * stride);
        S.Store(c71, c + 7 * stride + S.Lanes);
    }

    /// <summary>8 rows x 1 vector: 8 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8Vectors1<S, V>(float* a, float* x, int count, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        V c00 = S.Load(c);
        V c10 = S.Load(c + stride);
        V c20 = S.Load(c + 2 * stride);
        V c30 = S.Load(c + 3 * stride);
        V c40 = S.Load(c + 4 * stride);
        V c50 = S.Load(c + 5 * stride);
        V c60 = S.Load(c + 6 * stride);
        V c70 = S.Load(c + 7 * stride);
        for (; count > 0; count--, a += PanelRows, x += S.Lanes)
        {
            var x0 = S.Load(x);
            var a0 = S.Create(a[0]);
            c00 = S.Fma(a0, x0, c00);
            var a1 = S.Create(a[1]);
            c10 = S.Fma(a1, x0, c10);
            var a2 = S.Create(a[2]);
            c20 = S.Fma(a2, x0, c20);
            var a3 = S.Create(a[3]);
            c30 = S.Fma(a3, x0, c30);
            var a4 = S.Create(a[4]);
            c40 = S.Fma(a4, x0, c40);
            var a5 = S.Create(a[5]);
            c50 = S.Fma(a5, x0, c50);
            var a6 = S.Create(a[6]);
            c60 = S.Fma(a6, x0, c60);
            var a7 = S.Create(a[7]);
            c70 = S.Fma(a7, x0, c70);
        }

        S.Store(c00, c);
        S.Store(c10, c + stride);
        S.Store(c20, c + 2 * stride);
        S.Store(c30, c + 3 * stride);
        S.Store(c40, c + 4 * stride);
        S.Store(c50, c + 5 * stride);
        S.Store(c60, c + 6 * stride);
        S.Store(c70, c + 7 * stride);
    }
}
