using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>A loss that is a sum over the outputs of a position, each against a number of its own.</summary>
internal interface IElementLoss
{
    /// <summary>The loss of an output z against y.</summary>
    static abstract V Term<S, V>(V z, V y)
        where S : ISimd<V>
        where V : struct;

    /// <summary>Its derivative with respect to z.</summary>
    static abstract V Derivative<S, V>(V z, V y)
        where S : ISimd<V>
        where V : struct;

    /// <summary>What sum and derivatives are divided by.</summary>
    static abstract float Divisor(int outputs);
}
