namespace FastRnn;

/// <summary>How a parameter gets its first values.</summary>
public enum Initializer
{
    /// <summary>Uniform in ±sqrt(6 / (rows + columns)) (Glorot and Bengio 2010). The default of a matrix.</summary>
    XavierUniform,

    /// <summary>A random orthogonal matrix: orthonormal rows or columns, whichever are fewer (Saxe et al. 2014).</summary>
    Orthogonal,

    /// <summary>The identity, or its upper left part if the matrix is not square (Le et al. 2015).</summary>
    Identity,

    /// <summary>All zero. The default of a vector.</summary>
    Zeros,

    /// <summary>All equal to the value of <c>[Initialize]</c>.</summary>
    Constant,

    /// <summary>Uniform in ±1/sqrt(HiddenSize), what PyTorch does for every parameter of a recurrent layer.</summary>
    UniformByHiddenSize,

    /// <summary>Normally distributed with the standard deviation the value of <c>[Initialize]</c>.</summary>
    Normal,
}
