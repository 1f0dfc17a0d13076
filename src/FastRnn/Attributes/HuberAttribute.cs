namespace FastRnn;

/// <summary>Huber's loss (1964) of a position, averaged over its n outputs: of a difference <c>d = z - y</c> it is <c>d^2 / 2</c> up to
/// <see cref="Delta"/>, and from there on it grows as a line, <c>Delta (|d| - Delta / 2)</c>; gradient <c>d</c>, between -Delta and Delta.
/// PyTorch's and Keras' <c>HuberLoss</c>; PyTorch's <c>SmoothL1Loss</c> of <c>beta = Delta</c> is this divided by Delta.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HuberAttribute : Attribute
{
    /// <summary>The largest difference that is squared, in the units of the targets; finite and above 0.</summary>
    public double Delta { get; init; } = 1;

    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
