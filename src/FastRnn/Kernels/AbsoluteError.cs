using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The absolute error averaged over the outputs of a position: <c>sum(|z - y|) / N</c>, derivative
/// <c>sign(z - y) / N</c>.</summary>
internal readonly struct AbsoluteError : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => false;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct => S.Abs(S.Subtract(z, y));

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct => Activation.Sign<S, V>(S.Subtract(z, y));

    /// <inheritdoc/>
    public static float Divisor(int outputs) => outputs;
}
