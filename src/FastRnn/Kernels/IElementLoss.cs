using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>A loss that is a sum over the outputs of a position, each against a number of its own.</summary>
internal interface IElementLoss
{
    /// <summary>Whether it has a number for each output besides (<see cref="LossCall.OutputNumbers"/>).</summary>
    static abstract bool HasNumbers { get; }

    /// <summary>The loss of an output z against y.</summary>
    /// <param name="z">Outputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="number">The numbers of these outputs, or zeros.</param>
    static abstract V Term<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct;

    /// <summary>Its derivative with respect to z.</summary>
    /// <inheritdoc cref="Term{S, V}(V, V, V)" path="/param"/>
    static abstract V Derivative<S, V>(V z, V y, V number)
        where S : ISimd<V>
        where V : struct;

    /// <summary>What sum and derivatives are divided by.</summary>
    static abstract float Divisor(int outputs);
}
