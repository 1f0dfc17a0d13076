using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Attention of each step over the steps of a source: <c>alpha_t = softmax_s(score(q_t, k_s))</c>,
/// <c>c_t = sum_s alpha_ts v_s</c>. The score is the dot product (Luong, Pham and Manning 2015), scaled if one likes (Vaswani et al. 2017),
/// or additive, <c>v . tanh(q + k)</c> (Bahdanau, Cho and Bengio 2015).</summary>
/// <remarks>Sums along a row have 16 chains at every width and then a fixed tree (<see cref="LaneSums"/>); sums over steps
/// ascend.</remarks>
internal static unsafe partial class Attention
{
    /// <summary>The weights and contexts of all steps of a sequence.</summary>
    public static void Forward(SimdWidth width, in AttentionCall call) =>
        SimdDispatch.Run(width, new ForwardWork(in call));

    private static void Forward<S, V>(in AttentionCall call)
        where S : ISimd<V>
        where V : struct
    {
        for (var t = 0; t < call.Steps; t++)
        {
            var query = call.Queries.At(t, call.Row);
            var weights = call.Weights.At(t, call.Row);
            for (var s = 0; s < call.SourceSteps; s++)
            {
                var key = call.Keys.At(s, call.SourceRow);
                weights[s] = call.V == null
                    ? Dot<S, V>(query, key, call.KeyFloats) * call.Factor
                    : AdditiveScore<S, V>(query, key, call.V, call.KeyFloats);
            }

            Softmax.Normalize<S, V>(weights, call.SourceSteps);
            Context<S, V>(call, weights, call.Contexts.At(t, call.Row));
        }
    }

    /// <summary><c>c = sum_s alpha_s v_s</c>.</summary>
    private static void Context<S, V>(in AttentionCall call, float* weights, float* context)
        where S : ISimd<V>
        where V : struct
    {
        for (var i = 0; i < call.ValueFloats; i += S.Lanes)
        {
            var sum = S.Zero;
            for (var s = 0; s < call.SourceSteps; s++)
                sum = S.Fma(S.Create(weights[s]), S.Load(call.Values.At(s, call.SourceRow) + i), sum);
            S.Store(Activation.Flush<S, V>(sum), context + i);
        }
    }

    private static float Dot<S, V>(float* a, float* b, int floats)
        where S : ISimd<V>
        where V : struct
    {
        var chains = stackalloc float[LaneSums.Count];
        for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < floats; i += LaneSums.Count)
                sum = S.Fma(S.Load(a + i), S.Load(b + i), sum);
            S.Store(sum, chains + lane);
        }

        return LaneSums.Tree(chains);
    }

    private static float AdditiveScore<S, V>(float* query, float* key, float* v, int floats)
        where S : ISimd<V>
        where V : struct
    {
        var chains = stackalloc float[LaneSums.Count];
        for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < floats; i += LaneSums.Count)
                sum = S.Fma(S.Load(v + i), Activation.Tanh<S, V>(S.Add(S.Load(query + i), S.Load(key + i))), sum);
            S.Store(sum, chains + lane);
        }

        return LaneSums.Tree(chains);
    }

    private readonly ref struct ForwardWork(ref readonly AttentionCall call) : ISimdWork
    {
        private readonly ref readonly AttentionCall call = ref call;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => Forward<S, V>(call);
    }
}
