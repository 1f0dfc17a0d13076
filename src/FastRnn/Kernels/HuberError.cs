using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Huber's loss averaged over the outputs of a position. With <c>d = z - y</c> and <c>m = min(|d|, delta)</c> both of its pieces
/// are <c>m (|d| - m / 2)</c>; derivative d, limited to delta. The number of an output is delta.</summary>
internal readonly struct HuberError : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => true;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct
    {
        var distance = S.Abs(S.Subtract(z, y));
        var limited = S.Min(number, distance);
        return S.Multiply(limited, S.FmaNegated(S.Create(0.5f), limited, distance));
    }

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct =>
        S.Max(S.Negate(number), S.Min(number, S.Subtract(z, y)));

    /// <inheritdoc/>
    public static float Divisor(int outputs) => outputs;
}
