namespace FastRnn;

/// <summary>The loss with which a model is trained.</summary>
public enum LossKind
{
    /// <summary>None was declared: gradients start where the user puts them.</summary>
    None,

    /// <summary>See <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    SoftmaxCrossEntropy,

    /// <summary>See <see cref="SigmoidBinaryCrossEntropyAttribute"/>.</summary>
    SigmoidBinaryCrossEntropy,

    /// <summary>See <see cref="MeanSquaredErrorAttribute"/>.</summary>
    MeanSquaredError,
}
