using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>The weights of a file, filled into a declaration.</summary>
internal sealed class KerasWeights
{
    private const int MostShown = 50;
    private readonly Dictionary<KerasLayer, KerasTensors> tensors = [];
    private readonly List<string> problems = [];
    private readonly HashSet<FileTensor> used = [];

    /// <summary>Gives each layer its tensors.</summary>
    /// <param name="model">The declaration.</param>
    /// <param name="root">The weights' root: of a .weights.h5 the file, of an .h5 the group <c>model_weights</c>.</param>
    public KerasWeights(KerasModel model, HdfGroup root)
    {
        var store = StoreOf(model, root);
        foreach (var part in model.Layers.SelectMany(l => l.Parts))
            Bind(store, part);
        problems.AddRange(store.Problems);
        Assumptions = store.Assumptions;

        // An optimizer's state and a dropout's random numbers serve training only.
        All = [.. root.All().Where(t => !t.Name.StartsWith("/optimizer", StringComparison.Ordinal) && !IsSeed(t))];
        var unused = All.Where(t => !used.Contains(t)).ToList();
        foreach (var tensor in unused.Take(MostShown))
            problems.Add($"tensor '{tensor.Name}' {tensor.ShapeText()}: no layer that is understood has it");
        if (unused.Count > MostShown)
            problems.Add($"{unused.Count - MostShown} more tensors that no layer that is understood has");
    }

    /// <summary>All weights of the file.</summary>
    public IReadOnlyList<FileTensor> All { get; }

    /// <summary>What is missing, has the wrong shape, or belongs to no layer.</summary>
    public IReadOnlyList<string> Problems => problems;

    public IReadOnlyList<string> Assumptions { get; }

    /// <summary>Whether groups are called as layers are (Keras 1 and 2, .h5 files of Keras 3), not as their classes.</summary>
    public static bool IsByName(HdfGroup root) => root.Attributes.ContainsKey("layer_names") || root.Attributes.ContainsKey("layer_names0");

    /// <summary>Where the tensors of a model's layers stand in a file.</summary>
    public static IKerasStore StoreOf(KerasModel model, HdfGroup root) =>
        IsByName(root) ? new NamedStore(model, root) : new ClassStore(model, root);

    /// <summary>The weights of a layer that is recurrent, Dense or an Embedding; null if there is a problem with them.</summary>
    public KerasTensors? Of(KerasLayer layer) => tensors.GetValueOrDefault(layer);

    private void Bind(IKerasStore store, KerasLayer layer)
    {
        if (layer.Kind is not { } kind || kind.Weights(hasBias: true).Count == 0)
            return;
        if (store.Of(layer) is not { } found)
            return;

        used.UnionWith(found);
        var names = kind.Weights(layer.HasBias);
        if (found.Count != names.Count)
        {
            var shown = string.Join(", ", found.Select(t => $"{t.Name} {t.ShapeText()}"));
            problems.Add($"{layer.Where}: expected {names.Count} tensors ({string.Join(", ", names)}), got {found.Count}: {shown}");
            return;
        }

        if (KerasShapes.Problem(layer, kind, found) is { } problem)
        {
            problems.Add(problem);
            return;
        }

        var isRecurrent = kind.IsRecurrent();
        tensors[layer] = new KerasTensors(
            found[0], isRecurrent ? found[1] : null, kind != KerasKind.Embedding && layer.HasBias ? found[^1] : null);
    }

    private static bool IsSeed(FileTensor tensor) =>
        tensor.Name.Split('/').Any(part => part is "seed_generator" || part.StartsWith("seed_generator_state", StringComparison.Ordinal));
}
