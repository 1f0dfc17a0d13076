using System.Runtime.Intrinsics;

namespace FastRnn.Benchmarks.Activations;

/// <summary>Functions in double made of the runtime's vector exponential and logarithm, so that nothing cancels.</summary>
internal static class ExactMath
{
    private const double Small = 1.0 / 64;

    public static Vector512<double> Sigmoid(Vector512<double> x) => Vector512<double>.One / (Vector512<double>.One + Vector512.Exp(-x));

    public static Vector512<double> Tanh(Vector512<double> x)
    {
        var a = Vector512.Abs(x);
        var e = Vector512.Exp(a * -2);
        var large = (Vector512<double>.One - e) / (Vector512<double>.One + e);

        // Its series: what follows is below 2^-53 of it.
        var z = x * x;
        var series = (((((z * (-17.0 / 315)) + Vector512.Create(2.0 / 15)) * z) + Vector512.Create(-1.0 / 3)) * z * x) + x;
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(Small)), series, Vector512.CopySign(large, x));
    }

    public static Vector512<double> Softplus(Vector512<double> x)
    {
        // What 1 + e lost by rounding is lost on both sides of the division (Kahan).
        var e = Vector512.Exp(-Vector512.Abs(x));
        var sum = Vector512<double>.One + e;
        var log1p = Vector512.ConditionalSelect(
            Vector512.Equals(sum, Vector512<double>.One), e, Vector512.Log(sum) * e / (sum - Vector512<double>.One));
        return Vector512.Max(x, Vector512<double>.Zero) + log1p;
    }
}
