using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The quantile loss averaged over the outputs of a position: with <c>u = y - z</c> and the quantile q, the number of the output,
/// <c>max(q u, (q - 1) u)</c>; derivative -q above 0, 1 - q below, 0 at 0.</summary>
internal readonly struct PinballError : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => true;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct
    {
        var u = S.Subtract(y, z);
        return S.Multiply(u, S.Select(S.LessThan(u, S.Zero), S.Subtract(number, S.Create(1f)), number));
    }

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct
    {
        var sign = Activation.Sign<S, V>(S.Subtract(z, y));
        return S.Multiply(sign, S.Select(S.LessThan(sign, S.Zero), number, S.Subtract(S.Create(1f), number)));
    }

    /// <inheritdoc/>
    public static float Divisor(int outputs) => outputs;
}
