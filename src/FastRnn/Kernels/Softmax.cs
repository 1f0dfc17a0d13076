using System.Runtime.Intrinsics;
using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>Softmax, and its cross-entropy from logits: <c>log(sum(exp(z))) - z[target]</c>, gradient <c>p - y</c>. Shifted by the largest
/// logit, so nothing overflows.</summary>
internal static unsafe class Softmax
{
    /// <summary>Turns the logits of one padded row into probabilities, in place. The padding becomes 0.</summary>
    public static void Normalize(SimdWidth width, float* row, int outputs) =>
        SimdDispatch.Run(width, new NormalizeWork(row, outputs));

    /// <summary>Turns the logits of one padded row into logarithms of probabilities, in place:
    /// <c>z - largest - log(sum(exp(z - largest)))</c>. The padding becomes 0.</summary>
    public static void NormalizeLog(SimdWidth width, float* row, int outputs) =>
        SimdDispatch.RunSmall(width, new NormalizeLogWork(row, outputs));

    /// <summary>Losses and gradients against one token a position.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="targets"><c>[T, B]</c>, each from 0 to N - 1, checked by the caller.</param>
    public static void CrossEntropy(SimdWidth width, in LossCall call, int* targets) =>
        SimdDispatch.Run(width, new CrossEntropyWork(in call, targets));

    /// <inheritdoc cref="Normalize"/>
    public static void Normalize<S, V>(float* row, int outputs)
        where S : ISimd<V>
        where V : struct
    {
        var edge = stackalloc float[2 * LaneSums.Count];
        FillEdge(edge);
        var sum = Exponentials<S, V>(row, row, outputs, Largest<S, V>(row, outputs, edge), edge);
        var factor = S.Create(1f / sum);
        for (var i = 0; i < outputs; i += S.Lanes)
            S.Store(S.Multiply(S.Load(row + i), factor), row + i);
    }

    /// <inheritdoc cref="NormalizeLog"/>
    private static void NormalizeLog<S, V>(float* row, int outputs)
        where S : ISimd<V>
        where V : struct
    {
        var edge = stackalloc float[2 * LaneSums.Count];
        FillEdge(edge);
        var shift = S.Create(Largest<S, V>(row, outputs, edge));
        var padded = Padding.RoundUp(outputs);

        // The chains and the tree of LaneSums, without a second row for the exponentials.
        var chains = stackalloc float[LaneSums.Count];
        for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < padded; i += LaneSums.Count)
            {
                var exp = Activation.Exp<S, V>(S.Subtract(S.Load(row + i), shift));
                sum = S.Add(sum, i + S.Lanes <= outputs ? exp : S.And(exp, Mask<S, V>(edge, outputs - i)));
            }

            S.Store(sum, chains + lane);
        }

        var log = Activation.Log<S, V>(S.Create(LaneSums.Tree(chains)));
        for (var i = 0; i < padded; i += S.Lanes)
            S.Store(S.And(S.Subtract(S.Subtract(S.Load(row + i), shift), log), Mask<S, V>(edge, Math.Min(outputs - i, S.Lanes))), row + i);
    }

    private static void CrossEntropy<S, V>(in LossCall call, int* targets)
        where S : ISimd<V>
        where V : struct
    {
        var edge = stackalloc float[2 * LaneSums.Count];
        FillEdge(edge);
        for (var step = 0; step < call.Steps; step++)
        {
            for (var row = call.RowBegin; row < call.RowEnd; row += LaneSums.Count)
                CrossEntropy<S, V>(call, targets, step, row, Math.Min(LaneSums.Count, call.RowEnd - row), edge);
        }
    }

    /// <summary>Up to 16 rows of a step: what is one number for each is computed for all of them at once.</summary>
    private static void CrossEntropy<S, V>(in LossCall call, int* targets, int step, int firstRow, int rows, float* edge)
        where S : ISimd<V>
        where V : struct
    {
        var sums = stackalloc float[LaneSums.Count];
        var logs = stackalloc float[LaneSums.Count];
        var factors = stackalloc float[LaneSums.Count];
        var shifts = stackalloc double[LaneSums.Count];
        targets += (nint)step * call.Batch + firstRow;
        for (var i = 0; i < rows; i++)
        {
            var logits = call.Logits.At(step, firstRow + i);
            var largest = Largest<S, V>(logits, call.Outputs, edge);
            shifts[i] = (double)largest - logits[targets[i]];
            sums[i] = Exponentials<S, V>(logits, call.Gradient.At(step, firstRow + i), call.Outputs, largest, edge);
        }

        for (var i = 0; i < rows; i += S.Lanes)
        {
            var sum = S.Load(sums + i);
            S.Store(Activation.Log<S, V>(sum), logs + i);
            S.Store(S.Divide(S.Create(call.Scale), sum), factors + i);
        }

        var losses = call.Losses + ((nint)step * call.Batch) + firstRow;
        for (var i = 0; i < rows; i++)
        {
            losses[i] = logs[i] + shifts[i];
            var gradient = call.Gradient.At(step, firstRow + i);
            var probability = gradient[targets[i]] / sums[i];
            var factor = S.Create(factors[i]);
            for (var c = 0; c < call.Outputs; c += S.Lanes)
                S.Store(Activation.Flush<S, V>(S.Multiply(S.Load(gradient + c), factor)), gradient + c);
            gradient[targets[i]] = call.Scale * (probability - 1f);
        }
    }

    /// <summary>Writes <c>exp(z - largest)</c>, and 0 into the padding; returns the sum.</summary>
    private static float Exponentials<S, V>(float* logits, float* exponentials, int outputs, float largest, float* edge)
        where S : ISimd<V>
        where V : struct
    {
        var shift = S.Create(largest);
        var padded = Padding.RoundUp(outputs);
        for (var i = 0; i < padded; i += S.Lanes)
        {
            var exp = Activation.Exp<S, V>(S.Subtract(S.Load(logits + i), shift));
            S.Store(i + S.Lanes <= outputs ? exp : S.And(exp, Mask<S, V>(edge, outputs - i)), exponentials + i);
        }

        return LaneSums.Sum<S, V>(exponentials, padded);
    }

    /// <summary>The largest logit. A NaN may get lost here; the sum of the exponentials finds it.</summary>
    private static float Largest<S, V>(float* logits, int outputs, float* edge)
        where S : ISimd<V>
        where V : struct
    {
        var lowest = S.Create(float.NegativeInfinity);
        var most = lowest;
        var i = 0;
        for (; i + S.Lanes <= outputs; i += S.Lanes)
            most = S.Max(most, S.Load(logits + i));
        if (i < outputs)
            most = S.Max(most, S.Select(Mask<S, V>(edge, outputs - i), S.Load(logits + i), lowest));

        var lanes = stackalloc float[LaneSums.Count];
        S.Store(most, lanes);
        var four = Vector128.Load(lanes);
        for (var lane = Vector128<float>.Count; lane < S.Lanes; lane += Vector128<float>.Count)
            four = Simd128.Max(four, Vector128.Load(lanes + lane));
        return Math.Max(Math.Max(four.GetElement(0), four.GetElement(1)), Math.Max(four.GetElement(2), four.GetElement(3)));
    }

    /// <summary>A vector's worth of set lanes, then as many others: see <see cref="Mask{S, V}"/>.</summary>
    private static void FillEdge(float* edge)
    {
        new Span<int>(edge, LaneSums.Count).Fill(-1);
        new Span<float>(edge + LaneSums.Count, LaneSums.Count).Clear();
    }

    /// <summary>The first <paramref name="lanes"/> lanes, none if that is negative.</summary>
    private static V Mask<S, V>(float* edge, int lanes)
        where S : ISimd<V>
        where V : struct =>
        S.Load(edge + LaneSums.Count - Math.Max(lanes, 0));

    private readonly struct NormalizeWork(float* row, int outputs) : ISimdWork
    {
        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => Normalize<S, V>(row, outputs);
    }

    private readonly struct NormalizeLogWork(float* row, int outputs) : ISimdWork
    {
        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => NormalizeLog<S, V>(row, outputs);
    }

    private readonly ref struct CrossEntropyWork(ref readonly LossCall call, int* targets) : ISimdWork
    {
        private readonly ref readonly LossCall call = ref call;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => CrossEntropy<S, V>(call, targets);
    }
}
