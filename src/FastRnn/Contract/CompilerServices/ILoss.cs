using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What the generator adds to every <see cref="LossAttribute"/> class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILoss
{
    /// <summary>The loss with its kernel.</summary>
    static abstract LossEquations Equations { get; }
}
