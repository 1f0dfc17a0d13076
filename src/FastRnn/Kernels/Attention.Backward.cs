using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <content>The gradients of queries, keys, values and of the vector of an additive score.</content>
internal static unsafe partial class Attention
{
    /// <summary>The gradients of a sequence, from those of its contexts.</summary>
    public static void Backward(SimdWidth width, in AttentionCall call) =>
        SimdDispatch.Run(width, new BackwardWork(in call));

    private static void Backward<S, V>(in AttentionCall call)
        where S : ISimd<V>
        where V : struct
    {
        for (var s = 0; s < call.SourceSteps && !call.GoesOn; s++)
        {
            VectorRows.Clear(call.DKeys.At(s, call.SourceRow), call.KeyFloats);
            VectorRows.Clear(call.DValues.At(s, call.SourceRow), call.ValueFloats);
        }

        if (call.V != null && !call.GoesOn)
            VectorRows.Clear(call.DV, call.KeyFloats);
        for (var t = 0; t < call.Steps; t++)
        {
            DScores<S, V>(call, call.Weights.At(t, call.Row), call.DContexts.At(t, call.Row));
            if (call.V == null)
                Dots<S, V>(call, call.Queries.At(t, call.Row), call.DQueries.At(t, call.Row));
            else
                Additive<S, V>(call, call.Queries.At(t, call.Row), call.DQueries.At(t, call.Row));
        }
    }

    /// <summary><c>dAlpha_s = dC . v_s</c>, <c>dV_s += alpha_s dC</c>, and through the softmax
    /// <c>dScore_s = alpha_s (dAlpha_s - sum alpha dAlpha)</c>.</summary>
    private static void DScores<S, V>(in AttentionCall call, float* weights, float* dContext)
        where S : ISimd<V>
        where V : struct
    {
        var dScores = call.Scratch;
        for (var s = 0; s < call.SourceSteps; s++)
        {
            dScores[s] = Dot<S, V>(dContext, call.Values.At(s, call.SourceRow), call.ValueFloats);
            AddScaled<S, V>(dContext, weights[s], call.DValues.At(s, call.SourceRow), call.ValueFloats);
        }

        var sum = 0f;
        for (var s = 0; s < call.SourceSteps; s++)
            sum = MathF.FusedMultiplyAdd(weights[s], dScores[s], sum);
        for (var s = 0; s < call.SourceSteps; s++)
            dScores[s] = weights[s] * (dScores[s] - sum);
    }

    /// <summary><c>dQ += f dScore_s k_s</c>, <c>dK_s += f dScore_s q</c>.</summary>
    private static void Dots<S, V>(in AttentionCall call, float* query, float* dQuery)
        where S : ISimd<V>
        where V : struct
    {
        for (var i = 0; i < call.KeyFloats; i += S.Lanes)
        {
            var (q, dQ) = (S.Load(query + i), S.Zero);
            for (var s = 0; s < call.SourceSteps; s++)
            {
                var d = S.Create(call.Scratch[s] * call.Factor);
                var dKey = call.DKeys.At(s, call.SourceRow) + i;
                dQ = S.Fma(d, S.Load(call.Keys.At(s, call.SourceRow) + i), dQ);
                S.Store(S.Fma(d, q, S.Load(dKey)), dKey);
            }

            S.Store(Activation.Flush<S, V>(dQ), dQuery + i);
        }
    }

    /// <summary>With <c>u = tanh(q + k_s)</c>: <c>dv += dScore_s u</c>, and <c>dScore_s v (1 - u^2)</c> goes to <c>dQ</c> and
    /// <c>dK_s</c>.</summary>
    private static void Additive<S, V>(in AttentionCall call, float* query, float* dQuery)
        where S : ISimd<V>
        where V : struct
    {
        for (var i = 0; i < call.KeyFloats; i += S.Lanes)
        {
            var (q, v, dQ, dV) = (S.Load(query + i), S.Load(call.V + i), S.Zero, S.Load(call.DV + i));
            for (var s = 0; s < call.SourceSteps; s++)
            {
                var d = S.Create(call.Scratch[s]);
                var u = Activation.Tanh<S, V>(S.Add(q, S.Load(call.Keys.At(s, call.SourceRow) + i)));
                var dPre = S.Multiply(S.Multiply(d, v), S.FmaNegated(u, u, S.Create(1f)));
                var dKey = call.DKeys.At(s, call.SourceRow) + i;
                dV = S.Fma(d, u, dV);
                dQ = S.Add(dQ, dPre);
                S.Store(S.Add(S.Load(dKey), dPre), dKey);
            }

            S.Store(Activation.Flush<S, V>(dQ), dQuery + i);
            S.Store(dV, call.DV + i);
        }
    }

    private static void AddScaled<S, V>(float* x, float factor, float* y, int floats)
        where S : ISimd<V>
        where V : struct
    {
        var factors = S.Create(factor);
        for (var i = 0; i < floats; i += S.Lanes)
            S.Store(S.Fma(factors, S.Load(x + i), S.Load(y + i)), y + i);
    }

    private readonly ref struct BackwardWork(ref readonly AttentionCall call) : ISimdWork
    {
        private readonly ref readonly AttentionCall call = ref call;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => Backward<S, V>(call);
    }
}
