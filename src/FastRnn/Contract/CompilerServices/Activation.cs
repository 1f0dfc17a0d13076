using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The element-wise functions of cells on vectors: FastRnn's own formulas, made of fused multiply-adds, true
/// division and integer operations only, so that every width and every CPU gives the same bits. NaN gives NaN everywhere.
/// A streaming step is a chain of these, so the chains are short: polynomials are evaluated in pairs (Estrin), and what does
/// not depend on the polynomial is computed beside it.</summary>
/// <remarks>Polynomials: minimax fits (Lawson's weighted least squares on Chebyshev nodes), each coefficient rounded to
/// single before the next ones are fitted again.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Activation
{
    // Adding 1.5 * 2^23 rounds to an integer, which the low bits of the sum then hold.
    private const float RoundingShift = 12582912f;
    private const float Log2E = 1.44269504f;
    private const float Ln2 = 0.693147182f;
    private const float Ln2Low = -1.90465421e-9f;
    private const int OneBits = 0x3F800000;

    // 2^-26: below it tanh(x) is x, and 1 / (1 + exp(-x)) is 1/2.
    private const float LinearLimit = 1.49011612e-8f;

    // (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2; weighted error 1.4e-8.
    private const float E2 = 0.5f;
    private const float E3 = 0.1666654348373413f;
    private const float E4 = 0.041666436940431595f;
    private const float E5 = 0.008366546593606472f;
    private const float E6 = 0.0013937830226495862f;

    /// <summary>1 / (1 + exp(-x)). At most 2.5 ulp off. Never 0: below -87 it stays at 1.6e-38.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<S, V>(V x)
        where S : ISimd<V>
        where V : struct
    {
        // 1 + exp(-x) = 1 + 2^n (1 - r + v): the constants carry the sign of -x, and v also what one part of ln 2 lacks.
        x = S.Min(S.Create(87f), S.Max(S.Create(-87f), x));
        var shifted = S.Fma(x, S.Create(-Log2E), S.Create(RoundingShift));
        var n = S.Subtract(shifted, S.Create(RoundingShift));
        var r = S.Fma(n, S.Create(Ln2), Settle<S, V>(x, S.Abs(x)));
        var power = S.AddBits(S.ShiftLeftBits(shifted, 23), S.CreateBits(OneBits));

        var r2 = S.Multiply(r, r);
        var low = S.Fma(r2, S.Fma(r, S.Create(-E3), S.Create(E2)), S.Multiply(n, S.Create(-Ln2Low)));
        var high = S.Fma(r2, S.Create(E6), S.Fma(r, S.Create(-E5), S.Create(E4)));
        var v = S.Fma(S.Multiply(r2, r2), high, low);
        var linear = S.FmaNegated(power, r, S.Add(power, S.Create(1f)));
        return S.Divide(S.Create(1f), S.Fma(power, v, linear));
    }

    /// <summary>The hyperbolic tangent. At most 3.5 ulp off; odd, never beyond 1, exactly 1 from 9.1 on, x itself where x is
    /// tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<S, V>(V x)
        where S : ISimd<V>
        where V : struct
    {
        // With e = (exp(2|x|) - 1) / 2 it is e / (e + 1), where e = 2^n (r + v) + (2^n - 1) / 2 and r + v = (exp(2r) - 1) / 2:
        // nothing cancels. One part of ln 2 is enough, because tanh forgets e as n grows.
        var sign = S.And(x, S.Create(-0f));
        var a = S.Min(S.Create(10f), S.Abs(x));
        var shifted = S.Fma(a, S.Create(2 * Log2E), S.Create(RoundingShift));
        var n = S.Subtract(shifted, S.Create(RoundingShift));
        var r = S.Fma(n, S.Create(-Ln2 / 2), a);
        var power = S.AddBits(S.ShiftLeftBits(shifted, 23), S.CreateBits(OneBits));
        var numerator = S.Fma(power, r, S.Fma(power, S.Create(0.5f), S.Create(-0.5f)));
        var denominator = S.Fma(power, r, S.Fma(power, S.Create(0.5f), S.Create(0.5f)));

        // Rounding is monotone and both sides are made alike, so the numerator never exceeds the denominator.
        r = S.Fma(n, S.Create(-Ln2 / 2), Settle<S, V>(a, a));
        var r2 = S.Multiply(r, r);
        var low = S.Multiply(r2, S.Fma(r, S.Create(4 * E3), S.Create(2 * E2)));
        var high = S.Fma(r2, S.Create(32 * E6), S.Fma(r, S.Create(16 * E5), S.Create(8 * E4)));
        var v = S.Fma(S.Multiply(r2, r2), high, low);
        var tanh = S.Divide(S.Fma(power, v, numerator), S.Fma(power, v, denominator));
        return S.Or(tanh, sign);
    }

    /// <summary>x, or 0 where its powers are lost beside it anyway: they would be denormal, and slow. Found out beside the chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Settle<S, V>(V x, V magnitude)
        where S : ISimd<V>
        where V : struct =>
        S.AndNot(x, S.ShiftRightBits(S.SubtractBits(magnitude, S.Create(LinearLimit)), 31));
}
