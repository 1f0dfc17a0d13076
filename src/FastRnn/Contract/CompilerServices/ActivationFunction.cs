namespace FastRnn.CompilerServices;

/// <summary>A function of the language of cells whose values can be saturated: where its slope is next to nothing.</summary>
public enum ActivationFunction
{
    /// <summary>From 0 to 1.</summary>
    Sigmoid,

    /// <summary>From -1 to 1.</summary>
    Tanh,

    /// <summary>0 for every argument below 0.</summary>
    Relu,

    /// <summary>From 0 to 1, three straight pieces.</summary>
    HardSigmoid,

    /// <summary>From -1 to 1, three straight pieces.</summary>
    HardTanh,
}
