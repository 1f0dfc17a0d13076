using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>A parameter, for those who choose among them (<see cref="ParameterGroup"/>).</summary>
/// <param name="Name">Its layer's index among <see cref="ModelInfo.Layers"/> and its field in the cell, as <c>model.Parameter</c> takes
/// them: <c>0.Wi</c>; the table of the model's own embedding is <c>embedding</c>, one of several tables what its tensor is called:
/// <c>embedding1</c>, <c>decoder.embedding0</c>.</param>
/// <param name="Layer">Its layer's index; -1 for a table.</param>
/// <param name="Cell">What the layer computes: <c>FastRnn.Cells.Lstm</c>, <c>Dense</c>; <c>Embedding</c>.</param>
/// <param name="IsVector">Whether it is a vector, such as a bias or a gain, and not a matrix.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Tensors">The tensors of a weights file that it is in: <c>weight_ih_l0</c>.</param>
public sealed record TrainedParameter(
    string Name, int Layer, string Cell, bool IsVector, int Count, IReadOnlyList<string> Tensors)
{
    /// <summary>The tables of embeddings that are no layers: what each is called, where it begins among the parameters, and its
    /// numbers.</summary>
    internal static IReadOnlyList<(string Name, int Offset, int Count)> Tables(ModelInfo info)
    {
        InputPlace[] tables = [.. InputPlace.Of(info).Concat(InputPlace.OfSource(info)).Where(input => input.Table >= 0)];
        var tensors = ModelTensors.Of(info);
        return
        [
            .. tables.Select(table => (
                tables.Length == 1 ? "embedding" : NameOf(tensors.First(t => t.Parts.Any(part => part.Offset == table.Table)).Name),
                table.Table, table.Vocabulary * table.Size)),
        ];

        static string NameOf(string tensor) => tensor[..tensor.LastIndexOf('.')];
    }

    /// <summary>Those of a model, with the place where each begins, in their order.</summary>
    internal static IReadOnlyList<(TrainedParameter Parameter, int Offset)> Of(ModelInfo info)
    {
        var parameters = new List<(TrainedParameter, int)>();
        var tensors = ModelTensors.Of(info);
        foreach (var (name, offset, count) in Tables(info))
        {
            parameters.Add((new(name, -1, "Embedding", false, count, NamesAt(offset)), offset));
        }

        for (var l = 0; l < info.Layers.Count; l++)
        {
            foreach (var parameter in info.Layers[l].Parameters)
            {
                var offset = info.Layers[l].ParameterOffset + parameter.Offset;
                parameters.Add((
                    new($"{l}.{parameter.Name}", l, info.Layers[l].Cell, parameter.IsVector, parameter.Count, NamesAt(offset)), offset));
            }
        }

        return parameters;

        string[] NamesAt(int offset) =>
            [.. tensors.Where(tensor => tensor.Parts.Any(part => part.Offset == offset)).Select(tensor => tensor.Name)];
    }
}
