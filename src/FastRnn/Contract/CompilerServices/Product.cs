using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The products of <see cref="ProductTile{S, V, N}"/>. The rows are written out, because the JIT keeps locals in registers and
/// arrays in memory.</summary>
internal readonly unsafe struct Product<S, V, N> : ITileProduct
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
        if (head == sums)
        {
            if (sizeof(R) > 1) r1 = TileRow<S, V, N>.Load(sums + (1 * stride));
            if (sizeof(R) > 2) r2 = TileRow<S, V, N>.Load(sums + (2 * stride));
            if (sizeof(R) > 3) r3 = TileRow<S, V, N>.Load(sums + (3 * stride));
            if (sizeof(R) > 4) r4 = TileRow<S, V, N>.Load(sums + (4 * stride));
            if (sizeof(R) > 5) r5 = TileRow<S, V, N>.Load(sums + (5 * stride));
            if (sizeof(R) > 6) r6 = TileRow<S, V, N>.Load(sums + (6 * stride));
            if (sizeof(R) > 7) r7 = TileRow<S, V, N>.Load(sums + (7 * stride));
            if (sizeof(R) > 8) r8 = TileRow<S, V, N>.Load(sums + (8 * stride));
            if (sizeof(R) > 9) r9 = TileRow<S, V, N>.Load(sums + (9 * stride));
            if (sizeof(R) > 10) r10 = TileRow<S, V, N>.Load(sums + (10 * stride));
            if (sizeof(R) > 11) r11 = TileRow<S, V, N>.Load(sums + (11 * stride));
        }

        for (var operand = first; operand < end; operand++)
        {
            if (operand->Tokens != null)
            {
                // A one-hot vector selects a column: nothing is multiplied.
                var tokens = operand->Tokens + row;
                r0.Add(w + (tokens[0] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 1) r1.Add(w + (tokens[1] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 2) r2.Add(w + (tokens[2] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 3) r3.Add(w + (tokens[3] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 4) r4.Add(w + (tokens[4] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 5) r5.Add(w + (tokens[5] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 6) r6.Add(w + (tokens[6] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 7) r7.Add(w + (tokens[7] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 8) r8.Add(w + (tokens[8] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 9) r9.Add(w + (tokens[9] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 10) r10.Add(w + (tokens[10] * (nint)(sizeof(N) * S.Lanes)));
                if (sizeof(R) > 11) r11.Add(w + (tokens[11] * (nint)(sizeof(N) * S.Lanes)));
                w += operand->Length * sizeof(N) * S.Lanes;
                continue;
            }

            var step = operand->Stride;
            var x0 = operand->X + (row * step) + (chain * operand->ChainLength);
            float* x1 = x0 + step, x2 = x1 + step, x3 = x2 + step, x4 = x3 + step, x5 = x4 + step, x6 = x5 + step, x7 = x6 + step;
            float* x8 = x7 + step, x9 = x8 + step, x10 = x9 + step, x11 = x10 + step;
            var skipped = chain * operand->ChainLength;
            var length = chain == operand->Chains - 1 ? operand->Length - skipped : operand->ChainLength;
            w += skipped * sizeof(N) * S.Lanes;
            for (nint k = 0; k < length; k++, w += sizeof(N) * S.Lanes, next += CacheHint.LineFloats)
            {
                CacheHint.Second(next);
                if (sizeof(R) < sizeof(N))
                {
                    // The rows' numbers stay in registers, weights pass by.
                    TileRow<S, V, Count4> x;
                    Unsafe.SkipInit(out x);
                    x.A = S.Create(x0[k]);
                    if (sizeof(R) > 1) x.B = S.Create(x1[k]);
                    if (sizeof(R) > 2) x.C = S.Create(x2[k]);
                    if (sizeof(R) > 3) x.D = S.Create(x3[k]);
                    var weight = S.Load(w);
                    r0.A = S.Fma(x.A, weight, r0.A);
                    if (sizeof(R) > 1) r1.A = S.Fma(x.B, weight, r1.A);
                    if (sizeof(R) > 2) r2.A = S.Fma(x.C, weight, r2.A);
                    if (sizeof(R) > 3) r3.A = S.Fma(x.D, weight, r3.A);

                    if (sizeof(N) > 1)
                    {
                        weight = S.Load(w + (1 * S.Lanes));
                        r0.B = S.Fma(x.A, weight, r0.B);
                        if (sizeof(R) > 1) r1.B = S.Fma(x.B, weight, r1.B);
                        if (sizeof(R) > 2) r2.B = S.Fma(x.C, weight, r2.B);
                        if (sizeof(R) > 3) r3.B = S.Fma(x.D, weight, r3.B);
                    }

                    if (sizeof(N) > 2)
                    {
                        weight = S.Load(w + (2 * S.Lanes));
                        r0.C = S.Fma(x.A, weight, r0.C);
                        if (sizeof(R) > 1) r1.C = S.Fma(x.B, weight, r1.C);
                        if (sizeof(R) > 2) r2.C = S.Fma(x.C, weight, r2.C);
                        if (sizeof(R) > 3) r3.C = S.Fma(x.D, weight, r3.C);
                    }

                    if (sizeof(N) > 3)
                    {
                        weight = S.Load(w + (3 * S.Lanes));
                        r0.D = S.Fma(x.A, weight, r0.D);
                        if (sizeof(R) > 1) r1.D = S.Fma(x.B, weight, r1.D);
                        if (sizeof(R) > 2) r2.D = S.Fma(x.C, weight, r2.D);
                        if (sizeof(R) > 3) r3.D = S.Fma(x.D, weight, r3.D);
                    }

                    if (sizeof(N) > 4)
                    {
                        weight = S.Load(w + (4 * S.Lanes));
                        r0.E = S.Fma(x.A, weight, r0.E);
                        if (sizeof(R) > 1) r1.E = S.Fma(x.B, weight, r1.E);
                        if (sizeof(R) > 2) r2.E = S.Fma(x.C, weight, r2.E);
                        if (sizeof(R) > 3) r3.E = S.Fma(x.D, weight, r3.E);
                    }

                    continue;
                }

                // The weights of one k stay in registers, rows pass by.
                var weights = TileRow<S, V, N>.Load(w);
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
            }

            w += (operand->Length - skipped - length) * sizeof(N) * S.Lanes;
        }

        if (chain > 0)
        {
            r0.Add(sums);
            if (sizeof(R) > 1) r1.Add(sums + (1 * stride));
            if (sizeof(R) > 2) r2.Add(sums + (2 * stride));
            if (sizeof(R) > 3) r3.Add(sums + (3 * stride));
            if (sizeof(R) > 4) r4.Add(sums + (4 * stride));
            if (sizeof(R) > 5) r5.Add(sums + (5 * stride));
            if (sizeof(R) > 6) r6.Add(sums + (6 * stride));
            if (sizeof(R) > 7) r7.Add(sums + (7 * stride));
            if (sizeof(R) > 8) r8.Add(sums + (8 * stride));
            if (sizeof(R) > 9) r9.Add(sums + (9 * stride));
            if (sizeof(R) > 10) r10.Add(sums + (10 * stride));
            if (sizeof(R) > 11) r11.Add(sums + (11 * stride));
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
