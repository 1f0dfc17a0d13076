using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Activations;

// What is approximated. Math and other formulas check the references in double.

internal readonly struct Sigmoid : IFunction
{
    public static float From => -87;

    public static SpanFunction Peer => TensorPrimitives.Sigmoid;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Sigmoid<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => ExactMath.Sigmoid(x);

    public static double Check(double x) => 1 / (1 + Math.Exp(-x));
}

internal readonly struct Tanh : IFunction
{
    public static SpanFunction Peer => TensorPrimitives.Tanh;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Tanh<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => ExactMath.Tanh(x);

    public static double Check(double x) => Math.Tanh(x);
}

internal readonly struct Exp : IFunction
{
    public static float From => -87.3365402f;

    public static SpanFunction Peer => TensorPrimitives.Exp;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Exp<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => Vector512.Exp(x);

    public static double Check(double x) => Math.Exp(x);
}

internal readonly struct Log : IFunction
{
    public static float From => 0;

    public static SpanFunction Peer => TensorPrimitives.Log;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Log<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => Vector512.Log(x);

    public static double Check(double x) => Math.Log(x);
}

internal readonly struct Softplus : IFunction
{
    public static float From => -87.3365402f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Softplus<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => ExactMath.Softplus(x);

    public static double Check(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (2 * Math.Atanh(e / (2 + e)));
    }
}

internal readonly struct Sqrt : IFunction
{
    public static float From => 0;

    public static SpanFunction Peer => TensorPrimitives.Sqrt;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Sqrt<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) => Vector512.Sqrt(x);

    public static double Check(double x) => Math.Sqrt(x);
}
