using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The vector operations of which every kernel consists, for one vector width. Each is one IEEE operation a lane,
/// rounded once, so a lane's bits do not depend on the width. Masks are vectors whose lanes are all ones or all zeros.</summary>
/// <typeparam name="V">The vector.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ISimd<V>
    where V : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>All lanes +0.</summary>
    static abstract V Zero { get; }

    /// <summary>Reads one vector; no alignment is asked for.</summary>
    static abstract V Load(float* address);

    /// <summary>Writes one vector; no alignment is asked for.</summary>
    static abstract void Store(V value, float* address);

    /// <summary>The value in every lane.</summary>
    static abstract V Create(float value);

    /// <summary>The bit pattern in every lane.</summary>
    static abstract V CreateBits(int bits);

    /// <summary>a + b.</summary>
    static abstract V Add(V a, V b);

    /// <summary>a - b.</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>a * b.</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>a / b.</summary>
    static abstract V Divide(V a, V b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>c - a * b, rounded once.</summary>
    static abstract V FmaNegated(V a, V b, V c);

    /// <summary>The smaller one, and <paramref name="x"/> if it is NaN. <paramref name="limit"/> must not be NaN. Which of two zeros comes
    /// back is not defined.</summary>
    static abstract V Min(V limit, V x);

    /// <summary>The larger one, and <paramref name="x"/> if it is NaN. <paramref name="limit"/> must not be NaN. Which of two zeros comes
    /// back is not defined.</summary>
    static abstract V Max(V limit, V x);

    /// <summary>-a.</summary>
    static abstract V Negate(V a);

    /// <summary>|a|.</summary>
    static abstract V Abs(V a);

    /// <summary>The square root.</summary>
    static abstract V Sqrt(V a);

    /// <summary>The mask a &lt; b: false where one is NaN.</summary>
    static abstract V LessThan(V a, V b);

    /// <summary>The mask a &lt;= b: false where one is NaN.</summary>
    static abstract V LessThanOrEqual(V a, V b);

    /// <summary>The mask a &gt; b: false where one is NaN.</summary>
    static abstract V GreaterThan(V a, V b);

    /// <summary>The mask a &gt;= b: false where one is NaN.</summary>
    static abstract V GreaterThanOrEqual(V a, V b);

    /// <summary>The mask a == b: false where one is NaN.</summary>
    static abstract V Equal(V a, V b);

    /// <summary><paramref name="a"/> where the mask is set, else <paramref name="b"/>.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>The bits a &amp; b.</summary>
    static abstract V And(V a, V b);

    /// <summary>The bits a &amp; ~b.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>The bits a | b.</summary>
    static abstract V Or(V a, V b);

    /// <summary>The bits a ^ b.</summary>
    static abstract V Xor(V a, V b);

    /// <summary>The sum of the lanes' bits as integers, wrapping.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>The difference of the lanes' bits as integers, wrapping.</summary>
    static abstract V SubtractBits(V a, V b);

    /// <summary>The lanes' bits as integers, shifted left.</summary>
    static abstract V ShiftLeftBits(V a, int count);

    /// <summary>The lanes' bits as integers, shifted right, the sign kept.</summary>
    static abstract V ShiftRightBits(V a, int count);
}
