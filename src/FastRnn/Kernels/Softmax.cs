using System.Runtime.Intrinsics;
using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>Softmax, and its cross-entropy from logits: <c>log(sum(exp(z))) - z[target]</c>, gradient <c>p - y</c>. Shifted by the largest logit,
/// so nothing overflows.</summary>
internal static unsafe class Softmax
{
    /// <summary>Turns the logits of one padded row into probabilities, in place. The padding becomes 0.</summary>
    public static void Normalize(SimdWidth width, float* row, int outputs)
    {
        if (width == SimdWidth.Bits512)
            Normalize<Simd512, Vector512<float>>(row, outputs);
        else if (width == SimdWidth.Bits256)
            Normalize<Simd256, Vector256<float>>(row, outputs);
        else
            Normalize<Simd128, Vector128<float>>(row, outputs);
    }

    /// <summary>Losses and gradients against one token a position.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="targets"><c>[T, B]</c>, each from 0 to N - 1, checked by the caller.</param>
    public static void CrossEntropy(SimdWidth width, in LossCall call, int* targets)
    {
        if (width == SimdWidth.Bits512)
            CrossEntropy<Simd512, Vector512<float>>(call, targets);
        else if (width == SimdWidth.Bits256)
            CrossEntropy<Simd256, Vector256<float>>(call, targets);
        else
            CrossEntropy<Simd128, Vector128<float>>(call, targets);
    }

    private static void Normalize<S, V>(float* row, int outputs)
        where S : ISimd<V>
        where V : struct
    {
        var sum = Exponentials<S, V>(row, row, outputs, out _);
        var factor = S.Create(1f / sum);
        for (var i = 0; i < outputs; i += S.Lanes)
            S.Store(S.Multiply(S.Load(row + i), factor), row + i);
    }

    private static void CrossEntropy<S, V>(in LossCall call, int* targets)
        where S : ISimd<V>
        where V : struct
    {
        for (var step = 0; step < call.Steps; step++)
        {
            for (var row = call.RowBegin; row < call.RowEnd; row++)
            {
                var position = (nint)step * call.Batch + row;
                var logits = call.Logits.At(step, row);
                var gradient = call.Gradient.At(step, row);
                var target = targets[position];
                var targetLogit = logits[target];

                var sum = Exponentials<S, V>(logits, gradient, call.Outputs, out var largest);
                call.Losses[position] = (double)Log<S, V>(sum) + ((double)largest - targetLogit);

                var probability = gradient[target] / sum;
                var factor = S.Create(call.Scale / sum);
                for (var i = 0; i < call.Outputs; i += S.Lanes)
                    S.Store(Activation.Flush<S, V>(S.Multiply(S.Load(gradient + i), factor)), gradient + i);
                gradient[target] = call.Scale * (probability - 1f);
            }
        }
    }

    /// <summary>Writes <c>exp(z - max z)</c>, and 0 into the padding; returns the sum.</summary>
    private static float Exponentials<S, V>(float* logits, float* exponentials, int outputs, out float largest)
        where S : ISimd<V>
        where V : struct
    {
        largest = Largest<S, V>(logits, outputs);
        var shift = S.Create(largest);
        var padded = Padding.RoundUp(outputs);
        for (var i = 0; i < padded; i += S.Lanes)
            S.Store(Activation.Exp<S, V>(S.Subtract(S.Load(logits + i), shift)), exponentials + i);
        for (var i = outputs; i < padded; i++)
            exponentials[i] = 0;
        return LaneSums.Sum<S, V>(exponentials, padded);
    }

    /// <summary>The largest logit. A NaN may get lost here; the sum of the exponentials finds it.</summary>
    private static float Largest<S, V>(float* logits, int outputs)
        where S : ISimd<V>
        where V : struct
    {
        var largest = float.NegativeInfinity;
        var i = 0;
        if (outputs >= S.Lanes)
        {
            var lanes = stackalloc float[LaneSums.Count];
            var most = S.Load(logits);
            for (i = S.Lanes; i + S.Lanes <= outputs; i += S.Lanes)
                most = S.Max(most, S.Load(logits + i));
            S.Store(most, lanes);
            for (var lane = 0; lane < S.Lanes; lane++)
                largest = lanes[lane] > largest ? lanes[lane] : largest;
        }

        for (; i < outputs; i++)
            largest = logits[i] > largest ? logits[i] : largest;
        return largest;
    }

    private static float Log<S, V>(float value)
        where S : ISimd<V>
        where V : struct
    {
        var lanes = stackalloc float[LaneSums.Count];
        S.Store(Activation.Log<S, V>(S.Create(value)), lanes);
        return lanes[0];
    }
}
