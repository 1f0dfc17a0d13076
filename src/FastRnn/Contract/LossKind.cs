namespace FastRnn;

/// <summary>The loss with which a model is trained.</summary>
public enum LossKind
{
    /// <summary>None was declared: gradients start where the user puts them.</summary>
    None,

    /// <summary>That of <c>[SoftmaxCrossEntropy]</c>.</summary>
    SoftmaxCrossEntropy,

    /// <summary>That of <c>[SigmoidBinaryCrossEntropy]</c>.</summary>
    SigmoidBinaryCrossEntropy,

    /// <summary>That of <c>[MeanSquaredError]</c>.</summary>
    MeanSquaredError,

    /// <summary>That of <c>[MeanAbsoluteError]</c>.</summary>
    MeanAbsoluteError,

    /// <summary>That of <c>[Huber]</c>.</summary>
    Huber,

    /// <summary>That of <c>[Quantile]</c>.</summary>
    Quantile,

    /// <summary>That of <c>[Ctc]</c>.</summary>
    Ctc,

    /// <summary>That of <c>[Loss&lt;TLoss&gt;]</c>: equations of the user's own.</summary>
    Equations,

    /// <summary>Several heads, each with a loss of its own (<c>ModelInfo.Heads</c>): the sum of them, each times its weight.</summary>
    Mixed,
}
