using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Activations;

// What is exact but for one rounding, if that.

internal readonly struct Relu : IFunction
{
    public static SpanFunction Peer => static (x, y) => TensorPrimitives.Max(x, 0, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Relu<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.Max(x, Vector512<double>.Zero);

    public static double Check(double x) => Math.Max(x, 0);
}

internal readonly struct LeakyRelu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.LeakyRelu<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), x, x * Activation.LeakySlope);

    public static double Check(double x) => x > 0 ? x : x * Activation.LeakySlope;
}

internal readonly struct HardSigmoid : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.HardSigmoid<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.Max(Vector512.Min((x + Vector512.Create(3.0)) / 6, Vector512<double>.One), Vector512<double>.Zero);

    public static double Check(double x) => Math.Clamp((x + 3) / 6, 0, 1);
}

internal readonly struct HardTanh : IFunction
{
    public static SpanFunction Peer => static (x, y) => TensorPrimitives.Clamp(x, -1, 1, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.HardTanh<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.Max(Vector512.Min(x, Vector512<double>.One), -Vector512<double>.One);

    public static double Check(double x) => Math.Clamp(x, -1, 1);
}

internal readonly struct Square : IFunction
{
    public static SpanFunction Peer => static (x, y) => TensorPrimitives.Multiply(x, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Square<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        x * x;

    public static double Check(double x) => x * x;
}

internal readonly struct Abs : IFunction
{
    public static SpanFunction Peer => static (x, y) => TensorPrimitives.Abs(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Abs<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.Abs(x);

    public static double Check(double x) => Math.Abs(x);
}

internal readonly struct Step : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Step<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), Vector512<double>.One,
            Vector512.ConditionalSelect(Vector512.Equals(x, x), Vector512<double>.Zero, x));

    public static double Check(double x) => double.IsNaN(x) ? x : x > 0 ? 1 : 0;
}

internal readonly struct Sign : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Sign<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.ConditionalSelect(
            Vector512.GreaterThan(Vector512.Abs(x), Vector512<double>.Zero), Vector512.CopySign(Vector512<double>.One, x), x);

    public static double Check(double x) => double.IsNaN(x) ? x : Math.Sign(x);
}

internal readonly struct Flush : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct => Activation.Flush<S, V>(x);

    public static Vector512<double> Exact(Vector512<double> x) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Abs(x), Vector512.Create((double)Activation.FlushLimit)), Vector512<double>.Zero, x);

    public static double Check(double x) => Math.Abs(x) < Math.Pow(2, -100) ? 0 : x;
}
