namespace FastRnn;

/// <summary>Softmax and cross-entropy from logits against one token a position: <c>log(sum(exp(z))) - z[target]</c>, max-shifted; gradient
/// <c>p - y</c>. PyTorch's <c>CrossEntropyLoss</c>; its <c>weight</c> is <c>RunOptions.ClassWeights</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : Attribute
{
    /// <summary>How much of the target e is spread over all n classes (Szegedy et al. 2016): y is <c>1 - e + e / n</c> for the label and
    /// <c>e / n</c> for the others. At least 0 and below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
