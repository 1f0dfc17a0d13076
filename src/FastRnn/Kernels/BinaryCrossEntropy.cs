using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Sigmoid and binary cross-entropy from logits: <c>max(z, 0) - z y + log(1 + exp(-|z|))</c>, derivative <c>sigmoid(z) - y</c>.
/// Nothing overflows, and a confident right answer keeps its small loss.</summary>
internal readonly struct BinaryCrossEntropy : IElementLoss
{
    /// <inheritdoc/>
    public static bool HasNumbers => false;

    /// <inheritdoc/>
    public static V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct
    {
        var linear = S.FmaNegated(z, y, S.Max(S.Zero, z));
        return S.Add(linear, Activation.Log1p<S, V>(Activation.Exp<S, V>(S.Negate(S.Abs(z)))));
    }

    /// <inheritdoc/>
    public static V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct => S.Subtract(Activation.Sigmoid<S, V>(z), y);

    /// <inheritdoc/>
    public static float Divisor(int outputs) => 1;
}
