namespace FastRnn.Generators.Analysis;

/// <summary>What a node of a cell's graph computes. Everything from <see cref="Add"/> on is element-wise.</summary>
internal enum Operation
{
    /// <summary>The step's input <c>x</c>.</summary>
    Input,

    /// <summary>A carried state as the step found it; <see cref="Node.A"/> is its index.</summary>
    State,

    /// <summary>A vector parameter; <see cref="Node.A"/> is its index.</summary>
    Parameter,

    /// <summary>A number; <see cref="Node.Value"/>.</summary>
    Constant,

    /// <summary>A matrix times a vector: parameter <see cref="Node.A"/>, node <see cref="Node.B"/>.</summary>
    Product,

    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,

    Negate,
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu,
    Softplus,
    HardSigmoid,
    HardTanh,
    Exp,
    Log,
    Sqrt,
    Square,
    Abs,

    /// <summary>1 where the argument is above 0, else 0. Only derivatives use it.</summary>
    Step,

    /// <summary>-1, 0 or 1. Only derivatives use it.</summary>
    Sign,
}
