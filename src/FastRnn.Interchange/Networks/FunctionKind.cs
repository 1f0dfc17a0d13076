namespace FastRnn.Interchange.Networks;

/// <summary>Functions of one number that files name, with ONNX's parameters alpha and beta where they have some.</summary>
internal enum FunctionKind
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>(1 - e^-2x) / (1 + e^-2x).</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>alpha x + beta.</summary>
    Affine,

    /// <summary>x if x is at least 0, else alpha x.</summary>
    LeakyRelu,

    /// <summary>x if x is above alpha, else 0. Where a format says "at least alpha" (recurrent nodes of ONNX, Keras' ReLU), alpha is the
    /// number before it.</summary>
    ThresholdedRelu,

    /// <summary>alpha tanh(beta x).</summary>
    ScaledTanh,

    /// <summary>min(max(alpha x + beta, 0), 1).</summary>
    HardSigmoid,

    /// <summary>x if x is at least 0, else alpha (e^x - 1).</summary>
    Elu,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>log(1 + e^x).</summary>
    Softplus,

    /// <summary>min(max(x, alpha), beta).</summary>
    HardTanh,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>beta x if x is at least 0, else beta alpha (e^x - 1).</summary>
    Selu,
}
