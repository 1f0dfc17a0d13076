namespace FastRnn;

/// <summary>The absolute error of a position, averaged over its outputs: <c>sum(|z - y|) / n</c>; gradient <c>sign(z - y) / n</c>, 0 where
/// both are equal. PyTorch's <c>L1Loss</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanAbsoluteErrorAttribute : Attribute
{
    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
