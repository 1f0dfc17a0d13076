namespace FastRnn.Generators.Parsing;

/// <summary>A type of the language of cells: a matrix, or a vector if there are no columns.</summary>
internal sealed record VectorType(DimensionName Rows, DimensionName? Columns)
{
    public bool IsVector => Columns is null;

    public override string ToString() =>
        Columns is null ? $"Vec<{Rows.Name}>" : $"Mat<{Rows.Name}, {Columns.Name}>";
}

/// <summary>A dimension.</summary>
/// <param name="Name">The simple name by which a cell's dimensions are told apart.</param>
/// <param name="TypeName">The fully qualified type; empty if a cell was read from its source alone.</param>
internal sealed record DimensionName(string Name, string TypeName);
