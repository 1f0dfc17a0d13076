using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Weights;

/// <summary>A tensor that a file of a model's weights holds: parameters stacked by rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape"><c>[rows]</c> or <c>[rows, columns]</c>.</param>
/// <param name="Parts">Where the model keeps them.</param>
internal sealed record ModelTensor(string Name, IReadOnlyList<long> Shape, IReadOnlyList<(int Offset, int Count, bool Folded)> Parts)
{
    /// <summary>The tensors of a model: the embedding, then layer by layer.</summary>
    public static IReadOnlyList<ModelTensor> Of(ModelGraph model)
    {
        var tensors = new List<ModelTensor>();
        var offset = 0;
        foreach (var (name, table) in model.Tables())
        {
            tensors.Add(new(name, [table.Vocabulary, table.Size], [(offset, (int)table.TableCount, false)]));
            offset += (int)table.TableCount;
        }

        for (var l = 0; l < model.Layers.Count; l++)
        {
            var layer = model.Layers[l];
            var places = new Dictionary<string, (int Offset, int Rows, int Columns)>();
            foreach (var parameter in layer.Cell.Parameters)
            {
                var (rows, columns) = (layer.Size(parameter.Rows), parameter.IsVector ? 0 : layer.Size(parameter.Columns));
                places.Add(parameter.Name, (offset, rows, columns));
                offset += rows * Math.Max(1, columns);
            }

            foreach (var tensor in TensorNames.Of(model, l))
            {
                var parts = tensor.Parts.Select(part => (Place: places[part.TrimStart('+')], Folded: part[0] == '+')).ToList();
                long rows = parts.Sum(p => p.Place.Rows);
                tensors.Add(new(
                    tensor.Name,
                    parts[0].Place.Columns == 0 ? [rows] : [rows, parts[0].Place.Columns],
                    parts.Select(p => (p.Place.Offset, p.Place.Rows * Math.Max(1, p.Place.Columns), p.Folded)).ToList()));
            }
        }

        return tensors;
    }
}
