using System.Globalization;
using System.Text;

using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>Weights as Keras 3 (and 2.12 to 2.15 in .keras files) stores them: groups are called by class and number,
/// <c>layers/lstm_1</c>, so that a second model of the same architecture finds them; their attribute <c>name</c> is the layer's
/// name.</summary>
internal sealed class ClassStore : IKerasStore
{
    // Up to 2.13 the container was called by its attribute in TensorFlow.
    private static readonly string[] Containers = ["layers", "_layer_checkpoint_dependencies"];

    private readonly Dictionary<KerasLayer, IReadOnlyList<FileTensor>> tensors = [];
    private readonly List<string> problems = [];
    private readonly List<string> assumptions = [];

    /// <summary>Finds the group of each layer of a model.</summary>
    public ClassStore(KerasModel model, HdfGroup root)
    {
        if (Container(root) is not { } container)
        {
            problems.Add($"the weights: expected a group 'layers', got [{string.Join(", ", root.Groups.Keys)}]");
            return;
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var layer in model.Layers)
        {
            var name = SnakeCase(layer.ClassName);
            var count = counts.GetValueOrDefault(name);
            counts[name] = count + 1;
            Find(container, count == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{count}"), layer);
        }
    }

    public IReadOnlyList<string> Problems => problems;

    public IReadOnlyList<string> Assumptions => assumptions;

    public IReadOnlyList<FileTensor>? Of(KerasLayer layer) => tensors.GetValueOrDefault(layer);

    /// <summary>The group that holds the layers; null if there is none.</summary>
    internal static HdfGroup? Container(HdfGroup root) => Containers.Select(root.Group).FirstOrDefault(g => g is not null);

    /// <summary>Keras' name for objects of a class: SimpleRNN is simple_rnn, LSTM lstm, ReLU re_lu.</summary>
    internal static string SnakeCase(string className)
    {
        var text = new StringBuilder();
        for (var i = 0; i < className.Length; i++)
        {
            // An underscore stands before a capital that a small letter follows, and between a small letter and a capital.
            var begins = char.IsAsciiLetterUpper(className[i]) && i > 0
                && ((i + 1 < className.Length && char.IsAsciiLetterLower(className[i + 1])) || char.IsAsciiLetterLower(className[i - 1]));
            if (begins)
                text.Append('_');
            if (char.IsLetterOrDigit(className[i]) || className[i] == '_')
                text.Append(char.ToLowerInvariant(className[i]));
        }

        return text.ToString();
    }

    private void Find(HdfGroup container, string key, KerasLayer layer)
    {
        var parts = layer.Kind switch
        {
            KerasKind.Bidirectional => [("forward_layer/cell/vars", layer.Inner[0]), ("backward_layer/cell/vars", layer.Inner[1])],
            KerasKind.TimeDistributed => [("layer/vars", layer.Inner[0])],
            KerasKind.Lstm or KerasKind.Gru or KerasKind.SimpleRnn => [("cell/vars", layer)],
            KerasKind.Dense or KerasKind.Embedding => new[] { ("vars", layer) },
            _ => [],
        };
        foreach (var (path, part) in parts)
        {
            if (container.Group($"{key}/{path}") is { } group)
                tensors[part] = Numbered(group, part);
            else
                problems.Add($"{part.Where}: expected its weights in the group '{container.Path}/{key}/{path}', but there is none");
        }

        var name = container.Group($"{key}/vars")?.Text("name");
        if (parts.Length > 0 && name is not null && name != layer.Name)
            assumptions.Add($"{layer.Where}: takes the weights of '{name}' ({container.Path}/{key}), as Keras does: by class and number");
    }

    private List<FileTensor> Numbered(HdfGroup group, KerasLayer layer)
    {
        var found = new List<FileTensor>();
        while (group.Tensors.TryGetValue(found.Count.ToString(CultureInfo.InvariantCulture), out var tensor))
            found.Add(tensor);
        if (found.Count != group.Tensors.Count)
        {
            problems.Add(
                $"{layer.Where}: {group.Path}: expected tensors '0' to '{group.Tensors.Count - 1}', "
                    + $"got [{string.Join(", ", group.Tensors.Keys)}]");
        }

        return found;
    }
}
