using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The gradient of a vector parameter: <c>db[r] += sum over (b, t) of dPre[t, b, r]</c>. Each element is one chain of additions
/// that begins with the value already there, sequences ascending, within each its steps ascending.</summary>
internal static unsafe class ColumnSum
{
    /// <summary>Adds the sums of the columns from <paramref name="begin"/> to <paramref name="end"/>, the part of one worker.</summary>
    public static void Run(SimdWidth width, in SequenceRows dPre, in SumOrder order, float* gradient, int begin, int end) =>
        SimdDispatch.Run(width, new Work(in dPre, in order, gradient, begin, end));

    private static void Run<S, V>(in SequenceRows dPre, in SumOrder order, float* gradient, int begin, int end)
        where S : ISimd<V>
        where V : struct
    {
        var r = begin;
        for (; r + 8 * S.Lanes <= end; r += 8 * S.Lanes)
            Vectors8<S, V>(dPre, order, gradient, r);
        for (; r + S.Lanes <= end; r += S.Lanes)
            Vector<S, V>(dPre, order, gradient, r);
        for (; r < end; r++)
            Scalar(dPre, order, gradient, r);
    }

    /// <summary>A long piece of each row at once: rows lie far apart.</summary>
    private static void Vectors8<S, V>(in SequenceRows dPre, in SumOrder order, float* gradient, int r)
        where S : ISimd<V>
        where V : struct
    {
        V s0 = S.Load(gradient + r), s1 = S.Load(gradient + r + S.Lanes);
        V s2 = S.Load(gradient + r + 2 * S.Lanes), s3 = S.Load(gradient + r + 3 * S.Lanes);
        V s4 = S.Load(gradient + r + 4 * S.Lanes), s5 = S.Load(gradient + r + 5 * S.Lanes);
        V s6 = S.Load(gradient + r + 6 * S.Lanes), s7 = S.Load(gradient + r + 7 * S.Lanes);
        var position = order.At(0);
        for (var n = 0L; n < order.Count; n++, position.Advance())
        {
            var d = dPre.At(in position) + r;
            s0 = S.Add(s0, S.Load(d));
            s1 = S.Add(s1, S.Load(d + S.Lanes));
            s2 = S.Add(s2, S.Load(d + 2 * S.Lanes));
            s3 = S.Add(s3, S.Load(d + 3 * S.Lanes));
            s4 = S.Add(s4, S.Load(d + 4 * S.Lanes));
            s5 = S.Add(s5, S.Load(d + 5 * S.Lanes));
            s6 = S.Add(s6, S.Load(d + 6 * S.Lanes));
            s7 = S.Add(s7, S.Load(d + 7 * S.Lanes));
        }

        S.Store(s0, gradient + r);
        S.Store(s1, gradient + r + S.Lanes);
        S.Store(s2, gradient + r + 2 * S.Lanes);
        S.Store(s3, gradient + r + 3 * S.Lanes);
        S.Store(s4, gradient + r + 4 * S.Lanes);
        S.Store(s5, gradient + r + 5 * S.Lanes);
        S.Store(s6, gradient + r + 6 * S.Lanes);
        S.Store(s7, gradient + r + 7 * S.Lanes);
    }

    private static void Vector<S, V>(in SequenceRows dPre, in SumOrder order, float* gradient, int r)
        where S : ISimd<V>
        where V : struct
    {
        var sum = S.Load(gradient + r);
        var position = order.At(0);
        for (var n = 0L; n < order.Count; n++, position.Advance())
            sum = S.Add(sum, S.Load(dPre.At(in position) + r));

        S.Store(sum, gradient + r);
    }

    private static void Scalar(in SequenceRows dPre, in SumOrder order, float* gradient, int r)
    {
        var sum = gradient[r];
        var position = order.At(0);
        for (var n = 0L; n < order.Count; n++, position.Advance())
            sum += dPre.At(in position)[r];

        gradient[r] = sum;
    }

    private readonly ref struct Work(ref readonly SequenceRows dPre, ref readonly SumOrder order, float* gradient, int begin, int end)
        : ISimdWork
    {
        private readonly ref readonly SequenceRows dPre = ref dPre;
        private readonly ref readonly SumOrder order = ref order;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => ColumnSum.Run<S, V>(dPre, order, gradient, begin, end);
    }
}
