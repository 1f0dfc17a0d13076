namespace FastRnn;

/// <summary>Sigmoid and binary cross-entropy from logits against targets in 0 to 1, summed over the outputs of a position:
/// <c>max(z, 0) - z y + log(1 + exp(-|z|))</c>; gradient <c>sigmoid(z) - y</c>.
/// PyTorch's <c>BCEWithLogitsLoss</c>; its <c>pos_weight</c> is <c>RunOptions.PositiveWeights</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidBinaryCrossEntropyAttribute : Attribute
{
    /// <summary>Sum over the positions (the default) or their mean.</summary>
    public Reduction Reduction { get; init; } = Reduction.Sum;
}
