namespace FastRnn;

/// <summary>The activation of a <c>[Dense]</c> layer, or a function of its own by <c>[Activation]</c>.</summary>
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

    /// <summary>The logarithm of <see cref="Softmax"/>, <c>x - max(x) - log(sum(exp(x - max(x))))</c>: exact where probabilities would
    /// round to 0. Only for a model's last layer.</summary>
    LogSoftmax,

    /// <summary><c>x</c> above 0, else <c>0.01 x</c>.</summary>
    LeakyRelu,

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    Softplus,

    /// <summary><c>x / 6 + 1 / 2</c>, held between 0 and 1, as PyTorch defines it.</summary>
    HardSigmoid,

    /// <summary><c>x</c>, held between -1 and 1.</summary>
    HardTanh,
}
