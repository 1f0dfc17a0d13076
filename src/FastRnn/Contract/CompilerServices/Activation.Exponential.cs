using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

public static partial class Activation
{
    private const float SmallestNormal = 1.17549435e-38f;

    // The first float whose exponential is beyond the largest float, and the last whose exponential is not below the smallest normal one.
    private const float ExpOverflow = 88.7228394f;
    private const float ExpUnderflow = -87.3365402f;

    // (log(1 + f) = f - s (f - z R(z)), s = f / (2 + f), z = s^2) on -0.3 <= f <= 1; weighted error 9.3e-9.
    private const float R0 = 0.6666641235351562f;
    private const float R1 = 0.40021759271621704f;
    private const float R2 = 0.27998068928718567f;
    private const float R3 = 0.2802993655204773f;

    /// <summary>The exponential, at most 1.5 ulp off. 0 below -87.336 (what would be denormal is flushed), infinity from 88.723
    /// on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<S, V>(V x)
        where S : ISimd<V>
        where V : struct
    {
        var shifted = S.Fma(x, S.Create(Log2E), S.Create(RoundingShift));
        var n = S.Subtract(shifted, S.Create(RoundingShift));
        var r = S.Fma(n, S.Create(-Ln2Low), S.Fma(n, S.Create(-Ln2), x));

        var r2 = S.Multiply(r, r);
        var low = S.Fma(r, S.Create(E3), S.Create(E2));
        var high = S.Fma(r2, S.Create(E6), S.Fma(r, S.Create(E5), S.Create(E4)));
        var p = S.Fma(S.Multiply(r2, r2), high, S.Fma(r2, low, r));
        var exp = S.AddBits(S.Add(p, S.Create(1f)), S.ShiftLeftBits(shifted, 23));

        exp = S.Select(S.GreaterThanOrEqual(x, S.Create(ExpOverflow)), S.Create(float.PositiveInfinity), exp);
        exp = S.Select(S.GreaterThanOrEqual(x, S.Create(ExpUnderflow)), exp, S.Zero);
        return S.Select(S.Equal(x, x), exp, x);
    }

    /// <summary>The natural logarithm, at most 1.5 ulp off: minus infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<S, V>(V x)
        where S : ISimd<V>
        where V : struct
    {
        // x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2). Denormals are scaled first.
        const int SqrtHalfBits = 0x3F3504F3;
        var isDenormal = S.LessThan(x, S.Create(SmallestNormal));
        var normal = S.Select(isDenormal, S.Multiply(x, S.Create(33554432f)), x);
        var offset = S.SubtractBits(normal, S.CreateBits(SqrtHalfBits));
        var exponent = S.ShiftRightBits(offset, 23);
        var mantissa = S.SubtractBits(normal, S.ShiftLeftBits(exponent, 23));
        var f = S.Subtract(mantissa, S.Create(1f));
        var k = S.Subtract(S.AddBits(exponent, S.Create(RoundingShift)), S.Create(RoundingShift));
        k = S.Select(isDenormal, S.Subtract(k, S.Create(25f)), k);

        var log = S.Fma(k, S.Create(Ln2), S.Fma(k, S.Create(Ln2Low), Log1p<S, V>(f)));
        log = S.Select(S.LessThan(x, S.Create(float.PositiveInfinity)), log, x);
        log = S.Select(S.Equal(x, S.Zero), S.Create(float.NegativeInfinity), log);
        return S.Select(S.LessThan(x, S.Zero), S.Create(float.NaN), log);
    }

    /// <summary>log(1 + exp(x)), at most 2 ulp off; 0 below -87.336.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<S, V>(V x)
        where S : ISimd<V>
        where V : struct =>
        S.Add(S.Max(S.Zero, x), Log1p<S, V>(Exp<S, V>(S.Negate(S.Abs(x)))));

    /// <summary>log(1 + f) for f from -0.3 to 1 (the form of fdlibm, Sun 1993).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log1p<S, V>(V f)
        where S : ISimd<V>
        where V : struct
    {
        var s = S.Divide(f, S.Add(f, S.Create(2f)));
        var z = S.Multiply(s, s);
        var low = S.Fma(z, S.Create(R1), S.Create(R0));
        var high = S.Fma(z, S.Create(R3), S.Create(R2));
        var r = S.Fma(S.Multiply(z, z), high, low);
        return S.FmaNegated(s, S.FmaNegated(z, r, f), f);
    }
}
