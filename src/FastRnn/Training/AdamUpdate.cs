using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>One step of Adam, as PyTorch computes it: <c>m += (1 - beta1) (g - m); v = beta2 v + (1 - beta2) g^2;
/// p = decay p - learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)</c>. Nothing becomes a slow denormal, such as
/// the moments of rare tokens without a gradient: <c>p</c> and <c>m</c> below 2^-100 are 0. <c>v</c> is a square, and 0 only below 2^-126,
/// the smallest normal number; then <c>m</c> is 0 as well, which would be divided by epsilon alone. A gradient of which <c>(1 - beta2)
/// g^2</c> is below that counts as 0 (3.4e-18 with beta2 0.999).</summary>
internal readonly unsafe ref struct AdamUpdate : ISimdWork
{
    private const float SmallestNormal = 1.17549435e-38f;

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
    private readonly float least;

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
        this.least = (float)Math.Sqrt(SmallestNormal / (1.0 - beta2));
    }

    public void Run<S, V>()
        where S : ISimd<V>
        where V : struct
    {
        var scale = S.Create(call.GradientScale);
        V keep1 = S.Create(this.keep1), keep2 = S.Create(this.keep2), beta2 = S.Create(this.beta2);
        V rate = S.Create(this.rate), root = S.Create(this.root), epsilon = S.Create(this.epsilon), decay = S.Create(this.decay);
        V least = S.Create(this.least), normal = S.Create(SmallestNormal);
        for (var i = begin; i < end; i += S.Lanes)
        {
            var g = S.Multiply(S.Load(call.Gradients + i), scale);
            g = S.AndNot(g, S.LessThan(S.Abs(g), least));
            var v = S.Multiply(beta2, S.Load(call.State1 + i));
            v = S.Fma(S.Multiply(keep2, g), g, v);
            var isLost = S.And(S.LessThan(v, normal), S.GreaterThan(v, S.Zero));
            v = S.AndNot(v, isLost);
            var m = S.Load(call.State0 + i);
            m = Activation.Flush<S, V>(S.AndNot(S.Fma(keep1, S.Subtract(g, m), m), isLost));
            S.Store(m, call.State0 + i);
            S.Store(v, call.State1 + i);

            var denominator = S.Add(S.Divide(S.Sqrt(v), root), epsilon);
            var p = S.Multiply(decay, S.Load(call.Parameters + i));
            S.Store(Activation.Flush<S, V>(S.Fma(rate, S.Divide(m, denominator), p)), call.Parameters + i);
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
