using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The equations of a loss and of its gradient for one position, once for vectors of any width: what the generator writes beside
/// a <see cref="LossAttribute"/> class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILossKernel
{
    /// <summary>Vectors of outputs that the equations read, each as long as a target.</summary>
    static abstract int Outputs { get; }

    /// <summary>Sums along these vectors.</summary>
    static abstract int Sums { get; }

    /// <summary>The loss of one position in double precision: the class itself, executed.</summary>
    /// <param name="outputs"><c>[n D]</c>: the n vectors that the equations read, one behind the other.</param>
    /// <param name="targets"><c>[D]</c>.</param>
    /// <exception cref="ArgumentException">The length of the outputs is not n times that of the targets.</exception>
    static abstract double Reference(double[] outputs, double[] targets);

    /// <summary>Computes a position's loss and the gradient of its outputs.</summary>
    /// <typeparam name="S">The operations.</typeparam>
    /// <typeparam name="V">The vector.</typeparam>
    /// <param name="row">The position; what it sums begins at 0.</param>
    static abstract void Step<S, V>(ref LossRow row)
        where S : ISimd<V>
        where V : struct;
}
