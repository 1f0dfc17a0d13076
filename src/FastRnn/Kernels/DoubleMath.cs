namespace FastRnn.Kernels;

/// <summary>Exponential and logarithm in double precision, of additions and multiplications alone: the same bits on every machine, which
/// those of <see cref="Math"/> have not. Both are within two units in the last place of what they return, or of 1 if that is
/// more.</summary>
internal static class DoubleMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;
    private const int MantissaBits = 52;
    private const int Bias = 1023;

    /// <summary>1 / n!, from n = 13 down.</summary>
    private static ReadOnlySpan<double> Exponential =>
    [
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120,
        1.0 / 24, 1.0 / 6, 1.0 / 2, 1, 1,
    ];

    /// <summary>1 / n, from n = 21 down over odd numbers.</summary>
    private static ReadOnlySpan<double> Artanh =>
        [1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1];

    /// <summary>The exponential; 0 below that of -708, infinite above that of 709.</summary>
    public static double Exp(double x)
    {
        if (!(x >= -708))
        {
            return double.IsNaN(x) ? x : 0;
        }

        if (x > 709)
        {
            return double.PositiveInfinity;
        }

        // x = k log(2) + r, |r| at most half of log(2); the series of exp(r) up to r^13.
        var k = Math.Round(x * Log2E);
        var r = Math.FusedMultiplyAdd(-k, Ln2Low, Math.FusedMultiplyAdd(-k, Ln2High, x));
        var series = 0.0;
        foreach (var coefficient in Exponential)
        {
            series = Math.FusedMultiplyAdd(series, r, coefficient);
        }

        return series * BitConverter.Int64BitsToDouble((long)(k + Bias) << MantissaBits);
    }

    /// <summary>The natural logarithm of a normal number above 0.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        // x = 2^e m, m from 1/sqrt(2) to sqrt(2); log(m) = 2 artanh(f), f = (m - 1) / (m + 1), |f| below 0.172.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var e = (int)(bits >> MantissaBits) - Bias;
        var m = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | ((long)Bias << MantissaBits));
        if (m > Sqrt2)
        {
            (m, e) = (m / 2, e + 1);
        }

        var f = (m - 1) / (m + 1);
        var square = f * f;
        var series = 0.0;
        foreach (var coefficient in Artanh)
        {
            series = Math.FusedMultiplyAdd(series, square, coefficient);
        }

        return Math.FusedMultiplyAdd(e, Ln2High, Math.FusedMultiplyAdd(e, Ln2Low, 2 * f * series));
    }

    /// <summary><c>log(exp(a) + exp(b))</c>; minus infinity stands for the logarithm of 0.</summary>
    public static double LogSum(double a, double b)
    {
        var (large, small) = a > b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(small) ? large : large + Log(1 + Exp(small - large));
    }
}
