namespace FastRnn.Tests.Cells;

/// <summary>A model's parameters by the names of its cell's fields.</summary>
internal static class ParametersByName
{
    /// <summary>The numbers of a field of a layer.</summary>
    public static ReadOnlySpan<float> Of<TModel>(this TModel model, string field, int layer = 0)
        where TModel : class, IModel<TModel> => model.Store.Parameter(layer, field);

    /// <summary>Whether the model holds its parameters in their own order, too.</summary>
    public static bool HasParameters<TModel>(this TModel model)
        where TModel : class, IModel<TModel> => model.Store.Core.HasParameters;

    /// <summary>All parameters uniform in ±scale.</summary>
    public static void Randomize<TModel>(this TModel model, int seed, float scale)
        where TModel : class, IModel<TModel>
    {
        var random = new Random(seed);
        using var edit = model.Store.Edit();
        foreach (ref var value in edit.Parameters)
            value = (2 * random.NextSingle() - 1) * scale;
    }
}
