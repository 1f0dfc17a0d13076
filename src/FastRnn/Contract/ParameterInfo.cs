namespace FastRnn;

/// <summary>One learned parameter, row-major as in PyTorch.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Offset">Where it begins among its layer's parameters.</param>
/// <param name="Rows">Rows of a matrix, length of a vector.</param>
/// <param name="Columns">Columns of a matrix; 0 says that it is a vector.</param>
/// <param name="Initializer">Its first values.</param>
/// <param name="InitializerValue">See <see cref="InitializeAttribute.Value"/>.</param>
public sealed record ParameterInfo(
    string Name, int Offset, int Rows, int Columns, Initializer Initializer, double InitializerValue)
{
    /// <summary>Whether it is a vector.</summary>
    public bool IsVector => Columns == 0;

    /// <summary>Number of learned numbers.</summary>
    public int Count => IsVector ? Rows : Rows * Columns;
}
