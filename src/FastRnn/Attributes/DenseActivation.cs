namespace FastRnn;

/// <summary>The activation of a <c>[Dense]</c> layer.</summary>
public enum DenseActivation
{
    /// <summary>None: the output is <c>W x + b</c>.</summary>
    Linear,

    /// <summary>The logistic function, each output for itself.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>max(0, x)</c>.</summary>
    Relu,

    /// <summary>Normalised over the outputs of a step: positive, summing to 1. Only for a model's last layer.</summary>
    Softmax,

    /// <summary>The logarithm of <see cref="Softmax"/>, <c>x - max(x) - log(sum(exp(x - max(x))))</c>: exact where probabilities would round
    /// to 0. Only for a model's last layer.</summary>
    LogSoftmax,
}
