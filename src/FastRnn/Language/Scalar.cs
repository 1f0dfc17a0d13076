namespace FastRnn.Language;

/// <summary>The functions of one number that <see cref="Math"/> does not have, without overflow or cancellation anywhere.</summary>
internal static class Scalar
{
    /// <summary><c>1 / (1 + exp(-x))</c>: the exponential is only taken of numbers that are not positive, so it cannot overflow.</summary>
    public static double Sigmoid(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    /// <summary><c>log(1 + x)</c> for x from 0 to 1. <see cref="double.LogP1"/> rounds 1 + x first and loses a small x; here the
    /// quotient <c>log(u) / (u - 1)</c>, which is smooth at the rounded u, carries the exact x.</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }
}
