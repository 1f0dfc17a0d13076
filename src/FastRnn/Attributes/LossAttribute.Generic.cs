namespace FastRnn;

/// <summary>Trains with a loss that is written as equations.</summary>
/// <typeparam name="TLoss">A class marked with <see cref="LossAttribute"/>, of this or of a referenced assembly.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute<TLoss> : Attribute
    where TLoss : class
{
    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
