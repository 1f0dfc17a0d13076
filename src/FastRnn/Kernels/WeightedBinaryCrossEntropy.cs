using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary><see cref="BinaryCrossEntropy"/> whose positive part <c>-y log(sigmoid(z))</c> is multiplied by w, the number of the output: it
/// gains <c>(w - 1) y softplus(-z)</c>, its derivative <c>-(w - 1) y sigmoid(-z)</c>.</summary>
internal readonly struct WeightedBinaryCrossEntropy : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => true;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct =>
        S.Fma(More<S, V>(y, number), Activation.Softplus<S, V>(S.Negate(z)), BinaryCrossEntropy.Term<S, V>(z, y, S.Zero));

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct =>
        S.FmaNegated(More<S, V>(y, number), Activation.Sigmoid<S, V>(S.Negate(z)), BinaryCrossEntropy.Derivative<S, V>(z, y, S.Zero));

    /// <inheritdoc/>
    public static float Divisor(int outputs) => BinaryCrossEntropy.Divisor(outputs);

    private static V More<S, V>(V y, V number)
        where S : ISimd<V>
        where V : struct => S.Multiply(S.Subtract(number, S.Create(1f)), y);
}
