namespace FastRnn.Interchange.Declarations;

/// <summary>The placements of a network for a model that was declared by hand, which may have biases that the file has not.</summary>
internal static class FilledPlacements
{
    /// <summary>One placement for each parameter: biases that the file has not are zeros.</summary>
    /// <param name="placements">Where the file's numbers go.</param>
    /// <param name="info">The declared model.</param>
    /// <exception cref="ForeignFileException">The model has other parameters: the message names all of them.</exception>
    public static IReadOnlyList<Placement> Of(IReadOnlyList<Placement> placements, ModelInfo info)
    {
        var given = placements.ToDictionary(p => (p.Layer, p.Parameter));
        List<string> problems = [];
        List<Placement> filled = [];
        if (info.EmbeddingParameters > 0)
            Fill(-1, "", info.EmbeddingParameters);
        var number = 0;
        foreach (var layer in info.Layers.Where(l => l.Parameters.Count > 0))
        {
            foreach (var parameter in layer.Parameters)
                Fill(number, parameter.Name, parameter.Count, parameter.IsVector);
            number++;
        }

        problems.AddRange(given.Values.Select(p => $"layer {p.Layer}: the declaration has no {p.Parameter}"));
        return problems.Count == 0 ? filled : throw new ForeignFileException($"{info.Name} cannot be filled:", problems);

        void Fill(int layer, string name, int count, bool isVector = false)
        {
            if (!given.Remove((layer, name), out var placement))
                placement = new(layer, name, []);
            var isBias = isVector && name.Length > 0 && name[0] is 'b' or 'c';
            if (placement.Parts.Count == 0 && !isBias)
                problems.Add($"layer {layer}: the file has no {name}, {count} numbers");
            foreach (var part in placement.Parts.Where(p => p.Count != count))
                problems.Add($"layer {layer}: {name}: expected {count} numbers, got '{part.Tensor.Name}' {part.Tensor.ShapeText()}");
            filled.Add(placement);
        }
    }
}
