using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>The squared error averaged over the outputs of a position: <c>sum((z - y)^2) / N</c>, derivative
/// <c>2 (z - y) / N</c>.</summary>
internal readonly struct SquaredError : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => false;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct => Activation.Square<S, V>(S.Subtract(z, y));

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct
    {
        var difference = S.Subtract(z, y);
        return S.Add(difference, difference);
    }

    /// <inheritdoc/>
    public static float Divisor(int outputs) => outputs;
}
