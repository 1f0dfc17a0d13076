using FastRnn.CompilerServices;

namespace FastRnn.Files;

/// <summary>A tensor that a file of a model's weights holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape"><c>[rows]</c> or <c>[rows, columns]</c>.</param>
/// <param name="Parts">The parameters of which it consists, in this order.</param>
internal sealed record ModelTensor(string Name, IReadOnlyList<long> Shape, IReadOnlyList<ModelTensorPart> Parts)
{
    /// <summary>Whether a file may be without it: all of it would only be added to other parameters.</summary>
    public bool IsOptional => Parts.All(p => p.Folded);

    public int Count => Parts.Sum(p => p.Count);
}

/// <summary>A stretch of a tensor.</summary>
/// <param name="Offset">Where its numbers stand among all parameters of the model.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Folded">Written as zeros, added when read.</param>
internal sealed record ModelTensorPart(int Offset, int Count, bool Folded);

/// <summary>The tensors of a model's file.</summary>
internal static class ModelTensors
{
    /// <summary>In the order in which they are written: the embedding, then layer by layer as declared.</summary>
    /// <exception cref="InvalidOperationException">A parameter would not be saved exactly once: the generator lets none pass.</exception>
    public static IReadOnlyList<ModelTensor> Of(ModelInfo info)
    {
        var tensors = new List<ModelTensor>();
        AddTables(tensors, info.Source is null ? "" : "decoder.", InputPlace.Of(info));
        AddTables(tensors, "encoder.", InputPlace.OfSource(info));
        foreach (var layer in info.Layers)
            tensors.AddRange(layer.Tensors.Select(tensor => Stack(layer, tensor)));

        CheckCover(info, tensors);
        return tensors;
    }

    /// <summary>A table alone is <c>embedding</c>; several have numbers, in declared order.</summary>
    private static void AddTables(List<ModelTensor> tensors, string prefix, IEnumerable<InputPlace> inputs)
    {
        var tables = inputs.Where(input => input.Table >= 0).ToList();
        tensors.AddRange(tables.Select((table, i) => new ModelTensor(
            tables.Count == 1 ? $"{prefix}embedding.weight" : FormattableString.Invariant($"{prefix}embedding{i}.weight"),
            [table.Vocabulary, table.Size], [new(table.Table, table.Vocabulary * table.Size, false)])));
    }

    private static ModelTensor Stack(LayerInfo layer, TensorInfo tensor)
    {
        var parameters = tensor.Parts.Select(part => layer.Parameters[part.Parameter]).ToList();
        var columns = parameters[0].Columns;
        if (parameters.Any(p => p.Columns != columns))
            throw new InvalidOperationException($"tensor '{tensor.Name}': its parts have different numbers of columns");

        long rows = parameters.Sum(p => p.Rows);
        return new(
            tensor.Name,
            columns == 0 ? [rows] : [rows, columns],
            tensor.Parts.Select((part, i) =>
                new ModelTensorPart(layer.ParameterOffset + parameters[i].Offset, parameters[i].Count, part.Folded)).ToList());
    }

    private static void CheckCover(ModelInfo info, List<ModelTensor> tensors)
    {
        var end = 0;
        foreach (var part in tensors.SelectMany(t => t.Parts).Where(p => !p.Folded).OrderBy(p => p.Offset))
        {
            if (part.Offset != end)
            {
                throw new InvalidOperationException(
                    $"{info.Name}: parameter {Math.Min(end, part.Offset)} belongs to {(part.Offset < end ? "two tensors" : "no tensor")}");
            }

            end += part.Count;
        }

        if (end != info.ParameterCount)
            throw new InvalidOperationException($"{info.Name}: parameter {end} belongs to no tensor");
    }
}
