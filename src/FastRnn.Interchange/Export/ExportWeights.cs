namespace FastRnn.Interchange.Export;

/// <summary>A model's numbers by layer and field.</summary>
/// <param name="info">The model.</param>
/// <param name="parameters">All of them, in canonical order.</param>
internal sealed class ExportWeights(ModelInfo info, float[] parameters)
{
    /// <summary>The table <c>[Vocabulary, Size]</c>.</summary>
    public ReadOnlySpan<float> Embedding => parameters.AsSpan(0, info.EmbeddingParameters);

    /// <summary>The tables of several inputs, <c>[Vocabulary, Size]</c> each, in declared order.</summary>
    /// <param name="table">Which of them.</param>
    public ReadOnlySpan<float> Table(int table)
    {
        var tables = info.Inputs.Where(input => input.Kind == InputKind.Embedding).Select(input => input.Vocabulary * input.Size).ToList();
        return parameters.AsSpan(tables.Take(table).Sum(), tables[table]);
    }

    /// <summary>A parameter, row-major.</summary>
    public ReadOnlySpan<float> Of(LayerInfo layer, ParameterInfo parameter) =>
        parameters.AsSpan(layer.ParameterOffset + parameter.Offset, parameter.Count);

    /// <summary>A parameter by its field's name.</summary>
    public ReadOnlySpan<float> Of(LayerInfo layer, string field) => Of(layer, layer.Parameters.First(p => p.Name == field));

    /// <summary>A matrix <c>[R, C]</c> as <c>[C, R]</c>.</summary>
    public void Transpose(LayerInfo layer, ParameterInfo parameter, Span<float> target)
    {
        var values = Of(layer, parameter);
        for (var row = 0; row < parameter.Rows; row++)
        {
            for (var column = 0; column < parameter.Columns; column++)
                target[(column * parameter.Rows) + row] = values[(row * parameter.Columns) + column];
        }
    }
}
