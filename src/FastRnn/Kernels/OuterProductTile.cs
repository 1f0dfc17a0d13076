using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The innermost loops of <see cref="WeightGradient"/>: a tile of the gradient stays in registers while <c>count</c> outer
/// products of packed <c>a[n, 8]</c> and <c>x[n, vectors]</c> are added to it. Each accumulator is one chain, n ascending. The accumulators
/// are written out, because the JIT keeps locals in registers and arrays in memory.</summary>
internal static unsafe partial class OuterProductTile
{
    /// <summary>Rows in a packed panel of a, whatever the tile.</summary>
    public const int PanelRows = 8;

    /// <summary>Vectors in the widest tile.</summary>
    public const int PanelVectors = 3;

    /// <summary>8 rows x 3 vectors: 24 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8Vectors3<S, V>(float* a, float* x, int count, float* c, nint stride)
        where S : ISimd<V>
        where V : struct
    {
        V c00 = S.Load(c), c01 = S.Load(c + S.Lanes), c02 = S.Load(c + 2 * S.Lanes);
        V c10 = S.Load(c + stride), c11 = S.Load(c + stride + S.Lanes), c12 = S.Load(c + stride + 2 * S.Lanes);
        V c20 = S.Load(c + 2 * stride), c21 = S.Load(c + 2 * stride + S.Lanes), c22 = S.Load(c + 2 * stride + 2 * S.Lanes);
        V c30 = S.Load(c + 3 * stride), c31 = S.Load(c + 3 * stride + S.Lanes), c32 = S.Load(c + 3 * stride + 2 * S.Lanes);
        V c40 = S.Load(c + 4 * stride), c41 = S.Load(c + 4 * stride + S.Lanes), c42 = S.Load(c + 4 * stride + 2 * S.Lanes);
        V c50 = S.Load(c + 5 * stride), c51 = S.Load(c + 5 * stride + S.Lanes), c52 = S.Load(c + 5 * stride + 2 * S.Lanes);
        V c60 = S.Load(c + 6 * stride), c61 = S.Load(c + 6 * stride + S.Lanes), c62 = S.Load(c + 6 * stride + 2 * S.Lanes);
        V c70 = S.Load(c + 7 * stride), c71 = S.Load(c + 7 * stride + S.Lanes), c72 = S.Load(c + 7 * stride + 2 * S.Lanes);
        for (; count > 0; count--, a += PanelRows, x += 3 * S.Lanes)
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
            var a4 = S.Create(a[4]);
            c40 = S.Fma(a4, x0, c40);
            c41 = S.Fma(a4, x1, c41);
            c42 = S.Fma(a4, x2, c42);
            var a5 = S.Create(a[5]);
            c50 = S.Fma(a5, x0, c50);
            c51 = S.Fma(a5, x1, c51);
            c52 = S.Fma(a5, x2, c52);
            var a6 = S.Create(a[6]);
            c60 = S.Fma(a6, x0, c60);
            c61 = S.Fma(a6, x1, c61);
            c62 = S.Fma(a6, x2, c62);
            var a7 = S.Create(a[7]);
            c70 = S.Fma(a7, x0, c70);
            c71 = S.Fma(a7, x1, c71);
            c72 = S.Fma(a7, x2, c72);
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
        S.Store(c40, c + 4 * stride);
        S.Store(c41, c + 4 * stride + S.Lanes);
        S.Store(c42, c + 4 * stride + 2 * S.Lanes);
        S.Store(c50, c + 5 * stride);
        S.Store(c51, c + 5 * stride + S.Lanes);
        S.Store(c52, c + 5 * stride + 2 * S.Lanes);
        S.Store(c60, c + 6 * stride);
        S.Store(c61, c + 6 * stride + S.Lanes);
        S.Store(c62, c + 6 * stride + 2 * S.Lanes);
        S.Store(c70, c + 7 * stride);
        S.Store(c71, c + 7 * stride + S.Lanes);
        S.Store(c72, c + 7 * stride + 2 * S.Lanes);
    }
}
