using System.Runtime.Intrinsics;
using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>Softmax, and its cross-entropy from logits: <c>log(sum(exp(z))) - z[target]</c>, gradient <c>p - y</c>. Shifted by the largest
/// logit, so nothing overflows. With a smoothing e and class weights w the target is <c>q[c] = w[c] e / N</c>, and <c>w[y] (1 - e)</c> more
/// for the label y: the loss is <c>sum(q) log(sum(exp(z))) - sum(q z)</c>, its gradient <c>sum(q) p - q</c>.</summary>
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
        var smoothed = new SmoothedTarget(in call);
        targets += (nint)step * call.Batch + firstRow;
        for (var i = 0; i < rows; i++)
        {
            var logits = call.Logits.At(step, firstRow + i);
            var largest = Largest<S, V>(logits, call.Outputs, edge);
            shifts[i] = smoothed.OfLabel(targets[i]) * ((double)largest - logits[targets[i]]);
            if (smoothed.OfOthers > 0)
                shifts[i] += smoothed.OfOthers * Below<S, V>(logits, in call, largest, edge);
            sums[i] = Exponentials<S, V>(logits, call.Gradient.At(step, firstRow + i), call.Outputs, largest, edge);
        }

        for (var i = 0; i < rows; i += S.Lanes)
        {
            var sum = S.Load(sums + i);
            S.Store(Activation.Log<S, V>(sum), logs + i);
            S.Store(S.Divide(S.Create(call.Scale), sum), factors + i);
        }

        // Where nothing is smoothed or weighted everything below is multiplied by 1.

        var losses = call.Losses + ((nint)step * call.Batch) + firstRow;
        for (var i = 0; i < rows; i++)
        {
            var (label, total) = (smoothed.OfLabel(targets[i]), smoothed.Sum(targets[i]));
            losses[i] = total * logs[i] + shifts[i];
            var gradient = call.Gradient.At(step, firstRow + i);
            var probability = gradient[targets[i]] / sums[i];
            var factor = S.Create((float)total * factors[i]);
            if (smoothed.OfOthers > 0)
            {
                var share = S.Create((float)(call.Scale * smoothed.OfOthers));
                for (var c = 0; c < call.Outputs; c += S.Lanes)
                {
                    var all = S.FmaNegated(share, S.Load(call.OutputNumbers + c), S.Multiply(S.Load(gradient + c), factor));
                    S.Store(Activation.Flush<S, V>(all), gradient + c);
                }

                label += smoothed.OfOthers * call.OutputNumbers[targets[i]];
            }
            else
            {
                for (var c = 0; c < call.Outputs; c += S.Lanes)
                    S.Store(Activation.Flush<S, V>(S.Multiply(S.Load(gradient + c), factor)), gradient + c);
            }

            gradient[targets[i]] = call.Scale * ((float)total * probability - (float)label);
        }
    }

    /// <summary>How far the logits are below the largest one, each times the weight of its class.</summary>
    private static float Below<S, V>(float* logits, in LossCall call, float largest, float* edge)
        where S : ISimd<V>
        where V : struct
    {
        var shift = S.Create(largest);
        var chains = stackalloc float[LaneSums.Count];
        for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < call.Outputs; i += LaneSums.Count)
            {
                var term = S.Multiply(S.Load(call.OutputNumbers + i), S.Subtract(shift, S.Load(logits + i)));
                sum = S.Add(sum, i + S.Lanes <= call.Outputs ? term : S.And(term, Mask<S, V>(edge, call.Outputs - i)));
            }

            S.Store(sum, chains + lane);
        }

        return LaneSums.Tree(chains);
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
