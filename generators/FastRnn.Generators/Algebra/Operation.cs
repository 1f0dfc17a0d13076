namespace FastRnn.Generators.Algebra;

/// <summary>What a node of a cell's graph computes. Everything from <see cref="Add"/> on is element-wise. What is
/// known of those that are computed of values alone stands in the <see cref="FunctionTable"/>.</summary>
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

    /// <summary>A sum of products and vector parameters, accumulated in registers: accumulator <see cref="Node.A"/> of a
    /// <c>StepGraph</c>. Takes the place of <see cref="Product"/> there.</summary>
    Accumulate,

    /// <summary>Adjoint: the gradient of new state <see cref="Node.A"/> that later steps hand back.</summary>
    StateGradient,

    /// <summary>Adjoint: the gradient of the layer's output at this step.</summary>
    OutputGradient,

    /// <summary>Adjoint: what the matrices that multiplied node <see cref="Node.A"/> hand back: the sum of their transposes times
    /// the gradients of their accumulators.</summary>
    OperandGradient,

    /// <summary>Of a loss: the number of elements of its vectors, in every element.</summary>
    Length,

    /// <summary>The sum of all elements of node <see cref="Node.A"/>, in every element.</summary>
    Sum,

    /// <summary>That sum divided by the number of elements, in every element.</summary>
    Mean,

    /// <summary>No node computes it: it is written as others.</summary>
    LayerNorm,

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

    /// <summary>0 where the magnitude is below 2^-100, so that what decays never becomes denormal. Only schedules use it.</summary>
    Flush,
}
