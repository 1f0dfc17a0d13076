namespace FastRnn.Tests.Cells;

/// <summary>A model's parameters by the names of its cell's fields.</summary>
internal static class ParametersByName
{
    /// <summary>The numbers of a field of a layer; <c>Refresh</c> must follow what is written there.</summary>
    public static Span<float> Of<TModel>(this TModel model, string field, int layer = 0)
        where TModel : class, IModel<TModel>
    {
        var info = TModel.Info.Layers[layer];
        var parameter = info.Parameters.Single(p => p.Name == field);
        return model.Parameters.Slice(info.ParameterOffset + parameter.Offset, parameter.Count);
    }

    /// <summary>All parameters uniform in ±scale.</summary>
    public static void Randomize<TModel>(this TModel model, int seed, float scale)
        where TModel : class, IModel<TModel>
    {
        var random = new Random(seed);
        foreach (ref var value in model.Parameters)
            value = (2 * random.NextSingle() - 1) * scale;
    }
}
