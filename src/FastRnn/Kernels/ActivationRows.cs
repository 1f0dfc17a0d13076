using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Activations of padded rows, each number by itself, and their gradients: the same bits for every width. Values have the bits of
/// a dense layer that says the same.</summary>
internal static unsafe class ActivationRows
{
    /// <summary><c>y = f(x)</c>, flushed as states are.</summary>
    public static void Run(SimdWidth width, DenseActivation function, float* x, float* y, int floats) =>
        SimdDispatch.RunSmall(width, new ValueWork(function, x, y, floats));

    /// <summary><c>dX = f'(x) dY</c>, flushed; <paramref name="y"/> is what <see cref="Run"/> made of <paramref name="x"/>.</summary>
    public static void Gradient(SimdWidth width, DenseActivation function, float* x, float* y, float* dY, float* dX, int floats) =>
        SimdDispatch.Run(width, new GradientWork(function, x, y, dY, dX, floats));

    private static V Value<S, V>(DenseActivation function, V x)
        where S : ISimd<V>
        where V : struct => function switch
        {
            DenseActivation.Sigmoid => Activation.Sigmoid<S, V>(x),
            DenseActivation.Tanh => Activation.Tanh<S, V>(x),
            DenseActivation.Relu => Activation.Relu<S, V>(x),
            DenseActivation.LeakyRelu => Activation.LeakyRelu<S, V>(x),
            DenseActivation.Softplus => Activation.Softplus<S, V>(x),
            DenseActivation.HardSigmoid => Activation.HardSigmoid<S, V>(x),
            DenseActivation.HardTanh => Activation.HardTanh<S, V>(x),
            _ => x,
        };

    private static V Slope<S, V>(DenseActivation function, V x, V y, V d)
        where S : ISimd<V>
        where V : struct
    {
        var one = S.Create(1f);
        return function switch
        {
            DenseActivation.Sigmoid => S.FmaNegated(y, S.Multiply(y, d), S.Multiply(y, d)),
            DenseActivation.Tanh => S.FmaNegated(y, S.Multiply(y, d), d),
            DenseActivation.Relu => S.Multiply(d, Activation.Step<S, V>(y)),
            DenseActivation.LeakyRelu =>
                S.Multiply(d, S.Select(S.GreaterThan(x, S.Zero), one, S.Create(Activation.LeakySlope))),
            DenseActivation.Softplus => S.Multiply(d, Activation.Sigmoid<S, V>(x)),
            DenseActivation.HardSigmoid => S.Multiply(
                S.Multiply(d, S.Create(1f / 6f)), S.Multiply(Activation.Step<S, V>(y), Activation.Step<S, V>(S.Subtract(one, y)))),
            DenseActivation.HardTanh => S.Multiply(d, Activation.Step<S, V>(S.Subtract(one, S.Abs(y)))),
            _ => d,
        };
    }

    private readonly struct ValueWork(DenseActivation function, float* x, float* y, int floats) : ISimdWork
    {
        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct
        {
            for (var i = 0; i < floats; i += S.Lanes)
                S.Store(Activation.Flush<S, V>(Value<S, V>(function, S.Load(x + i))), y + i);
        }
    }

    private readonly struct GradientWork(DenseActivation function, float* x, float* y, float* dY, float* dX, int floats) : ISimdWork
    {
        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct
        {
            for (var i = 0; i < floats; i += S.Lanes)
                S.Store(Activation.Flush<S, V>(Slope<S, V>(function, S.Load(x + i), S.Load(y + i), S.Load(dY + i))), dX + i);
        }
    }
}
