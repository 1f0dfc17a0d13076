namespace FastRnn;

/// <summary>The squared error of a position, averaged over its outputs: <c>sum((z - y)^2) / n</c>; gradient <c>2 (z - y) / n</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanSquaredErrorAttribute : Attribute
{
    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
