using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

internal enum Function
{
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu,
    Softplus,
    HardSigmoid,
    HardTanh,
    Exp,
    Log,
    Sqrt,
    Square,
    Abs,
    Step,
    Sign,
    Flush,
}

/// <summary>Applies a function to whole arrays with vectors of one width.</summary>
internal static unsafe class ActivationRunner
{
    public static float[] Run(SimdWidth width, Function function, float[] x)
    {
        Assert.Equal(0, x.Length % 16);
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
        {
            for (var i = 0; i < x.Length; i += SimdWidths.Lanes(width))
            {
                switch (width)
                {
                    case SimdWidth.Bits128:
                        Simd128.Store(Apply<Simd128, System.Runtime.Intrinsics.Vector128<float>>(function, Simd128.Load(px + i)), py + i);
                        break;
                    case SimdWidth.Bits256:
                        Simd256.Store(Apply<Simd256, System.Runtime.Intrinsics.Vector256<float>>(function, Simd256.Load(px + i)), py + i);
                        break;
                    default:
                        Simd512.Store(Apply<Simd512, System.Runtime.Intrinsics.Vector512<float>>(function, Simd512.Load(px + i)), py + i);
                        break;
                }
            }
        }

        return y;
    }

    public static V Apply<S, V>(Function function, V x)
        where S : ISimd<V>
        where V : struct => function switch
        {
            Function.Sigmoid => Activation.Sigmoid<S, V>(x),
            Function.Tanh => Activation.Tanh<S, V>(x),
            Function.Relu => Activation.Relu<S, V>(x),
            Function.LeakyRelu => Activation.LeakyRelu<S, V>(x),
            Function.Softplus => Activation.Softplus<S, V>(x),
            Function.HardSigmoid => Activation.HardSigmoid<S, V>(x),
            Function.HardTanh => Activation.HardTanh<S, V>(x),
            Function.Exp => Activation.Exp<S, V>(x),
            Function.Log => Activation.Log<S, V>(x),
            Function.Sqrt => Activation.Sqrt<S, V>(x),
            Function.Square => Activation.Square<S, V>(x),
            Function.Abs => Activation.Abs<S, V>(x),
            Function.Step => Activation.Step<S, V>(x),
            Function.Sign => Activation.Sign<S, V>(x),
            _ => Activation.Flush<S, V>(x),
        };

    public static double Expected(Function function, double x) => double.IsNaN(x) ? double.NaN : function switch
    {
        Function.Sigmoid => x < -87 ? 1 / (1 + Math.Exp(87)) : 1 / (1 + Math.Exp(-x)),
        Function.Tanh => Math.Tanh(x),
        Function.Relu => Math.Max(0, x),
        Function.LeakyRelu => x > 0 ? x : x * 0.01f,
        Function.Softplus => x < -87.3365402f ? 0 : Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))),
        Function.HardSigmoid => Math.Clamp(x * (1f / 6f) + 0.5, 0, 1),
        Function.HardTanh => Math.Clamp(x, -1, 1),
        Function.Exp => x < -87.3365402f ? 0 : Math.Exp(x),
        Function.Log => Math.Log(x),
        Function.Sqrt => Math.Sqrt(x),
        Function.Square => x * x,
        Function.Abs => Math.Abs(x),
        Function.Step => x > 0 ? 1 : 0,
        Function.Sign => Math.Sign(x),
        _ => Math.Abs(x) < Math.Pow(2, -100) ? 0 : x,
    };

    /// <summary>Every sign and exponent with random mantissas, a dense middle, and the special values.</summary>
    public static float[] Samples(int count, int seed)
    {
        var random = new Random(seed);
        var x = new float[count];
        for (var i = 0; i < count; i++)
        {
            x[i] = (i % 4) switch
            {
                0 => BitConverter.Int32BitsToSingle((i / 4 % 512 << 23) | random.Next(1 << 23)),
                1 => (float)(random.NextDouble() * 20 - 10),
                2 => (float)(random.NextDouble() * 2 - 1),
                _ => (float)(random.NextDouble() * 200 - 100),
            };
        }

        float[] special =
        [
            0f, -0f, 1f, -1f, float.NaN, -float.NaN, BitConverter.Int32BitsToSingle(0x7F800001), BitConverter.Int32BitsToSingle(0x7FFFFFFF),
            float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
            1.17549435e-38f, -1.17549435e-38f, 1.1754942e-38f, 88.72283f, 88.7228394f, -87.33654f, -87.33655f, -104f, 9.01f, -9.01f,
            Activation.FlushLimit, -Activation.FlushLimit, MathF.BitDecrement(Activation.FlushLimit), 3f, -3f, 0.5f, 2f, MathF.Sqrt(0.5f),
        ];
        special.CopyTo(x, 0);
        return x;
    }

    private static double Log1p(double e) => e < 1e-5 ? e - e * e / 2 + e * e * e / 3 : Math.Log(1 + e);
}
