using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The same with two bfloat16 weights in a word: a shift makes the first one a float, the second one is the word as it is, with
/// the first as the end of its fraction.</summary>
internal readonly unsafe struct PairedProduct<S, V, N> : ITileProduct
    where S : ISimd<V>
    where V : struct
    where N : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<R>(
        TileOperand* first, TileOperand* end, float* head, float* w, float* next, int row, int chain, float* sums, nint stride)
        where R : unmanaged
    {
        TileRow<S, V, N> r0 = head == null ? TileRow<S, V, N>.Zero() : TileRow<S, V, N>.Load(head);
        TileRow<S, V, N> r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0, r6 = r0, r7 = r0, r8 = r0, r9 = r0, r10 = r0, r11 = r0;
        var (step, length) = (first->Stride, first->Length);
        var x0 = first->X + (row * step);
        float* x1 = x0 + step, x2 = x1 + step, x3 = x2 + step, x4 = x3 + step, x5 = x4 + step, x6 = x5 + step, x7 = x6 + step;
        float* x8 = x7 + step, x9 = x8 + step, x10 = x9 + step, x11 = x10 + step;
        for (nint k = 0; k < length; k += 2, w += sizeof(N) * S.Lanes)
        {
            var weights = TileRow<S, V, N>.LoadLower(w);
            r0.Add(S.Create(x0[k]), in weights);
            if (sizeof(R) > 1) r1.Add(S.Create(x1[k]), in weights);
            if (sizeof(R) > 2) r2.Add(S.Create(x2[k]), in weights);
            if (sizeof(R) > 3) r3.Add(S.Create(x3[k]), in weights);
            if (sizeof(R) > 4) r4.Add(S.Create(x4[k]), in weights);
            if (sizeof(R) > 5) r5.Add(S.Create(x5[k]), in weights);
            if (sizeof(R) > 6) r6.Add(S.Create(x6[k]), in weights);
            if (sizeof(R) > 7) r7.Add(S.Create(x7[k]), in weights);
            if (sizeof(R) > 8) r8.Add(S.Create(x8[k]), in weights);
            if (sizeof(R) > 9) r9.Add(S.Create(x9[k]), in weights);
            if (sizeof(R) > 10) r10.Add(S.Create(x10[k]), in weights);
            if (sizeof(R) > 11) r11.Add(S.Create(x11[k]), in weights);
            if (k + 1 == length)
            {
                break;
            }

            weights = TileRow<S, V, N>.Load(w);
            r0.Add(S.Create(x0[k + 1]), in weights);
            if (sizeof(R) > 1) r1.Add(S.Create(x1[k + 1]), in weights);
            if (sizeof(R) > 2) r2.Add(S.Create(x2[k + 1]), in weights);
            if (sizeof(R) > 3) r3.Add(S.Create(x3[k + 1]), in weights);
            if (sizeof(R) > 4) r4.Add(S.Create(x4[k + 1]), in weights);
            if (sizeof(R) > 5) r5.Add(S.Create(x5[k + 1]), in weights);
            if (sizeof(R) > 6) r6.Add(S.Create(x6[k + 1]), in weights);
            if (sizeof(R) > 7) r7.Add(S.Create(x7[k + 1]), in weights);
            if (sizeof(R) > 8) r8.Add(S.Create(x8[k + 1]), in weights);
            if (sizeof(R) > 9) r9.Add(S.Create(x9[k + 1]), in weights);
            if (sizeof(R) > 10) r10.Add(S.Create(x10[k + 1]), in weights);
            if (sizeof(R) > 11) r11.Add(S.Create(x11[k + 1]), in weights);
        }

        r0.Store(sums);
        if (sizeof(R) > 1) r1.Store(sums + (1 * stride));
        if (sizeof(R) > 2) r2.Store(sums + (2 * stride));
        if (sizeof(R) > 3) r3.Store(sums + (3 * stride));
        if (sizeof(R) > 4) r4.Store(sums + (4 * stride));
        if (sizeof(R) > 5) r5.Store(sums + (5 * stride));
        if (sizeof(R) > 6) r6.Store(sums + (6 * stride));
        if (sizeof(R) > 7) r7.Store(sums + (7 * stride));
        if (sizeof(R) > 8) r8.Store(sums + (8 * stride));
        if (sizeof(R) > 9) r9.Store(sums + (9 * stride));
        if (sizeof(R) > 10) r10.Store(sums + (10 * stride));
        if (sizeof(R) > 11) r11.Store(sums + (11 * stride));
    }
}
