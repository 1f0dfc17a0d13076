using System.Globalization;

using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>Weights as Keras 1 and 2 store them, and .h5 files of Keras 3: a group for each layer, by its name, whose attribute
/// <c>weight_names</c> lists its tensors in their order.</summary>
internal sealed class NamedStore : IKerasStore
{
    private const int MostNames = 4096;
    private readonly Dictionary<KerasLayer, IReadOnlyList<FileTensor>> tensors = [];
    private readonly List<string> problems = [];
    private readonly List<string> assumptions = [];

    /// <summary>Finds the group of each layer of a model.</summary>
    public NamedStore(KerasModel model, HdfGroup root)
    {
        var layers = model.Layers.Where(l => l.Parts.Any(p => p.Kind is { } kind && kind.Weights(hasBias: true).Count > 0)).ToList();
        var groups = Names(root, "layer_names")
            .Select(name => (Name: name, Tensors: Read(root, name)))
            .Where(g => g.Tensors.Count > 0)
            .ToList();
        var byName = groups.DistinctBy(g => g.Name).ToDictionary(g => g.Name, g => g.Tensors, StringComparer.Ordinal);
        var areNamed = layers.All(l => byName.ContainsKey(l.Name));
        if (!areNamed && layers.Count != groups.Count)
        {
            problems.Add(
                $"the weights: expected {layers.Count} layers [{string.Join(", ", layers.Select(l => l.Name))}], "
                    + $"got {groups.Count} [{string.Join(", ", groups.Select(g => g.Name))}]");
            return;
        }

        for (var i = 0; i < layers.Count; i++)
        {
            if (!areNamed)
                assumptions.Add($"{layers[i].Where}: takes the weights of '{groups[i].Name}', as Keras does: by their order");
            Divide(layers[i], areNamed ? byName[layers[i].Name] : groups[i].Tensors);
        }
    }

    public IReadOnlyList<string> Problems => problems;

    public IReadOnlyList<string> Assumptions => assumptions;

    public IReadOnlyList<FileTensor>? Of(KerasLayer layer) => tensors.GetValueOrDefault(layer);

    /// <summary>An attribute with names; one that is longer than 64 KB is cut into <c>name0</c>, <c>name1</c>, ...</summary>
    private static List<string> Names(HdfGroup group, string name)
    {
        var names = new List<string>();
        if (group.Attributes.TryGetValue(name, out var whole))
            names.AddRange(whole.Texts());
        for (var i = 0; group.Attributes.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{name}{i}"), out var part); i++)
            names.AddRange(part.Texts());
        return names.Count <= MostNames
            ? names
            : throw new ForeignFileException($"group '{group.Path}', '{name}': expected at most {MostNames} names, got {names.Count}");
    }

    private List<FileTensor> Read(HdfGroup root, string layer)
    {
        var found = new List<FileTensor>();
        if (root.Group(layer) is not { } group)
        {
            problems.Add($"layer '{layer}' is named in '{root.Path}', but there is no group '{root.Path}/{layer}'");
            return found;
        }

        foreach (var name in Names(group, "weight_names"))
        {
            if (group.Tensor(name) is { } tensor)
                found.Add(tensor);
            else
                problems.Add($"layer '{layer}': its tensor '{name}' is not there");
        }

        return found;
    }

    // A Bidirectional lists the forward layer's tensors, then the backward one's. The order is held against the names.
    private void Divide(KerasLayer layer, List<FileTensor> found)
    {
        var first = 0;
        foreach (var part in layer.Parts)
        {
            var names = part.Kind is { } kind ? kind.Weights(part.HasBias) : [];
            var count = part == layer.Parts[^1] ? found.Count - first : Math.Min(names.Count, found.Count - first);
            var own = found.GetRange(first, count);
            foreach (var (tensor, name) in own.Zip(names))
            {
                var called = tensor.Name[(tensor.Name.LastIndexOf('/') + 1)..].Split(':')[0];
                if (called != name)
                    problems.Add($"{part.Where}: expected '{name}' as its next tensor, got '{tensor.Name}' {tensor.ShapeText()}");
            }

            tensors[part] = own;
            first += count;
        }
    }
}
