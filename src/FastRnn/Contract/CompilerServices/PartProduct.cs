using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The same where each operand multiplies all accumulators but one: the last one, or the first one
/// (<see cref="TileOperand.SkipsFirst"/>). That is the GRU, whose candidate keeps apart what x and what h give.</summary>
internal readonly unsafe struct PartProduct<S, V, N> : ITileProduct
    where S : ISimd<V>
    where V : struct
    where N : unmanaged
{
    /// <summary>Floats of the weights of an element.</summary>
    private static int Floats => (sizeof(N) - 1) * S.Lanes;

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
                // Only x has tokens, and x is the first operand.
                var tokens = operand->Tokens + row;
                r0.AddPart(w + ((nint)tokens[0] * Floats));
                if (sizeof(R) > 1) r1.AddPart(w + ((nint)tokens[1] * Floats));
                if (sizeof(R) > 2) r2.AddPart(w + ((nint)tokens[2] * Floats));
                if (sizeof(R) > 3) r3.AddPart(w + ((nint)tokens[3] * Floats));
                if (sizeof(R) > 4) r4.AddPart(w + ((nint)tokens[4] * Floats));
                if (sizeof(R) > 5) r5.AddPart(w + ((nint)tokens[5] * Floats));
                if (sizeof(R) > 6) r6.AddPart(w + ((nint)tokens[6] * Floats));
                if (sizeof(R) > 7) r7.AddPart(w + ((nint)tokens[7] * Floats));
                if (sizeof(R) > 8) r8.AddPart(w + ((nint)tokens[8] * Floats));
                if (sizeof(R) > 9) r9.AddPart(w + ((nint)tokens[9] * Floats));
                if (sizeof(R) > 10) r10.AddPart(w + ((nint)tokens[10] * Floats));
                if (sizeof(R) > 11) r11.AddPart(w + ((nint)tokens[11] * Floats));
                w += operand->Length * Floats;
                continue;
            }

            var step = operand->Stride;
            var x0 = operand->X + (row * step) + (chain * operand->ChainLength);
            float* x1 = x0 + step, x2 = x1 + step, x3 = x2 + step, x4 = x3 + step, x5 = x4 + step, x6 = x5 + step, x7 = x6 + step;
            float* x8 = x7 + step, x9 = x8 + step, x10 = x9 + step, x11 = x10 + step;
            var skipped = chain * operand->ChainLength;
            var length = chain == operand->Chains - 1 ? operand->Length - skipped : operand->ChainLength;
            w += skipped * Floats;
            if (operand->SkipsFirst)
            {
                for (nint k = 0; k < length; k++, w += Floats, next += CacheHint.LineFloats)
                {
                    CacheHint.Second(next);
                    var weights = TileRow<S, V, N>.LoadPart(w);
                    r0.AddLast(S.Create(x0[k]), in weights);
                    if (sizeof(R) > 1) r1.AddLast(S.Create(x1[k]), in weights);
                    if (sizeof(R) > 2) r2.AddLast(S.Create(x2[k]), in weights);
                    if (sizeof(R) > 3) r3.AddLast(S.Create(x3[k]), in weights);
                    if (sizeof(R) > 4) r4.AddLast(S.Create(x4[k]), in weights);
                    if (sizeof(R) > 5) r5.AddLast(S.Create(x5[k]), in weights);
                    if (sizeof(R) > 6) r6.AddLast(S.Create(x6[k]), in weights);
                    if (sizeof(R) > 7) r7.AddLast(S.Create(x7[k]), in weights);
                    if (sizeof(R) > 8) r8.AddLast(S.Create(x8[k]), in weights);
                    if (sizeof(R) > 9) r9.AddLast(S.Create(x9[k]), in weights);
                    if (sizeof(R) > 10) r10.AddLast(S.Create(x10[k]), in weights);
                    if (sizeof(R) > 11) r11.AddLast(S.Create(x11[k]), in weights);
                }
            }
            else
            {
                for (nint k = 0; k < length; k++, w += Floats, next += CacheHint.LineFloats)
                {
                    CacheHint.Second(next);
                    var weights = TileRow<S, V, N>.LoadPart(w);
                    r0.AddFirst(S.Create(x0[k]), in weights);
                    if (sizeof(R) > 1) r1.AddFirst(S.Create(x1[k]), in weights);
                    if (sizeof(R) > 2) r2.AddFirst(S.Create(x2[k]), in weights);
                    if (sizeof(R) > 3) r3.AddFirst(S.Create(x3[k]), in weights);
                    if (sizeof(R) > 4) r4.AddFirst(S.Create(x4[k]), in weights);
                    if (sizeof(R) > 5) r5.AddFirst(S.Create(x5[k]), in weights);
                    if (sizeof(R) > 6) r6.AddFirst(S.Create(x6[k]), in weights);
                    if (sizeof(R) > 7) r7.AddFirst(S.Create(x7[k]), in weights);
                    if (sizeof(R) > 8) r8.AddFirst(S.Create(x8[k]), in weights);
                    if (sizeof(R) > 9) r9.AddFirst(S.Create(x9[k]), in weights);
                    if (sizeof(R) > 10) r10.AddFirst(S.Create(x10[k]), in weights);
                    if (sizeof(R) > 11) r11.AddFirst(S.Create(x11[k]), in weights);
                }
            }

            w += (operand->Length - skipped - length) * Floats;
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
