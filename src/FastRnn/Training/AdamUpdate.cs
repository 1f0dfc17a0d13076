using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>One step of Adam, as PyTorch computes it: <c>m += (1 - beta1) (g - m); v = beta2 v + (1 - beta2) g^2;
/// p = decay p - learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)</c>. Moments below 2^-100 become 0: those of
/// parameters without a gradient, such as rare tokens, would decay into slow denormals.</summary>
internal readonly unsafe ref struct AdamUpdate : ISimdWork
{
    private readonly ref readonly OptimizerCall call;
    private readonly nint begin;
    private readonly nint end;
    private readonly float keep1;
    private readonly float beta2;
    private readonly float keep2;
    private readonly float rate;
    private readonly float root;
    private readonly float epsilon;
    private readonly float decay;

    public AdamUpdate(
        float learningRate, float beta1, float beta2, float epsilon, float decay, ref readonly OptimizerCall call, nint begin, nint end)
    {
        this.call = ref call;
        this.begin = begin;
        this.end = end;
        this.keep1 = (float)(1.0 - beta1);
        this.beta2 = beta2;
        this.keep2 = (float)(1.0 - beta2);
        this.rate = (float)(-learningRate / (1 - Power(beta1, call.Step)));
        this.root = (float)Math.Sqrt(1 - Power(beta2, call.Step));
        this.epsilon = epsilon;
        this.decay = decay;
    }

    public void Run<S, V>()
        where S : ISimd<V>
        where V : struct
    {
        var scale = S.Create(call.GradientScale);
        V keep1 = S.Create(this.keep1), keep2 = S.Create(this.keep2), beta2 = S.Create(this.beta2);
        V rate = S.Create(this.rate), root = S.Create(this.root), epsilon = S.Create(this.epsilon), decay = S.Create(this.decay);
        for (var i = begin; i < end; i += S.Lanes)
        {
            var g = S.Multiply(S.Load(call.Gradients + i), scale);
            var m = S.Load(call.State0 + i);
            m = Activation.Flush<S, V>(S.Fma(keep1, S.Subtract(g, m), m));
            var v = S.Multiply(beta2, S.Load(call.State1 + i));
            v = Activation.Flush<S, V>(S.Fma(S.Multiply(keep2, g), g, v));
            S.Store(m, call.State0 + i);
            S.Store(v, call.State1 + i);

            var denominator = S.Add(S.Divide(S.Sqrt(v), root), epsilon);
            var p = S.Multiply(decay, S.Load(call.Parameters + i));
            S.Store(S.Fma(rate, S.Divide(m, denominator), p), call.Parameters + i);
        }
    }

    /// <summary>By squaring: the C library's pow may differ between systems.</summary>
    private static double Power(double value, int exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) != 0)
                power *= value;
        }

        return power;
    }
}
