namespace FastRnn;

/// <summary>Softmax and cross-entropy from logits against one token a position: <c>log(sum(exp(z))) - z[target]</c>, max-shifted; gradient
/// <c>p - y</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : Attribute
{
    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
