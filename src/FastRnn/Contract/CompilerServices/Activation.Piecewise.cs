using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

public static partial class Activation
{
    /// <summary>The slope of <see cref="LeakyRelu"/> below 0.</summary>
    public const float LeakySlope = 0.01f;

    /// <summary>2^-100: states and gradients of smaller magnitude are set to 0 (<see cref="Flush"/>).</summary>
    public const float FlushLimit = 7.88860905e-31f;

    /// <summary>max(0, x); -0 becomes +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Relu<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Add(S.Max(S.Zero, x), S.Zero); // the sum settles which zero it is

    /// <summary>x above 0, else 0.01 x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LeakyRelu<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Select(S.GreaterThan(x, S.Zero), x, S.Multiply(x, S.Create(LeakySlope)));

    /// <summary>x / 6 + 1/2, held between 0 and 1 (PyTorch's form).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V HardSigmoid<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Add(S.Max(S.Zero, S.Min(S.Create(1f), S.Fma(x, S.Create(1f / 6f), S.Create(0.5f)))), S.Zero);

    /// <summary>x held between -1 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V HardTanh<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Max(S.Create(-1f), S.Min(S.Create(1f), x));

    /// <summary>The smaller one; of two zeros the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Min<S, V>(V a, V b)
        where S : ISimd<V>
        where V : struct =>
        // The CPU's own minimum forgets a NaN on one side, and not the same side everywhere.
        S.Select(S.LessThan(a, b), a, S.Select(S.Equal(a, a), b, a));

    /// <summary>The larger one; of two zeros the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max<S, V>(V a, V b)
        where S : ISimd<V>
        where V : struct =>
        S.Select(S.GreaterThan(a, b), a, S.Select(S.Equal(a, a), b, a));

    /// <summary>The square root, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sqrt<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Sqrt(x);

    /// <summary>x * x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Square<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Multiply(x, x);

    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Abs(x);

    /// <summary>1 where x &gt; 0, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Select(S.LessThanOrEqual(x, S.Zero), S.Zero, S.Select(S.GreaterThan(x, S.Zero), S.Create(1f), x));

    /// <summary>-1, 0 or 1; the sign of a zero is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Select(S.GreaterThan(S.Abs(x), S.Zero), S.Or(S.And(x, S.Create(-0f)), S.Create(1f)), x);

    /// <summary>0 where |x| &lt; 2^-100, else x: what keeps decaying states and gradients out of the slow denormals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Flush<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        // On the bits: a comparison of 512-bit floats goes through a mask register and takes three times as long.
        S.AndNot(x, S.ShiftRightBits(S.SubtractBits(S.Abs(x), S.Create(FlushLimit)), 31));
}
