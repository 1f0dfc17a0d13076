using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>A recurrent layer as its declaration has it: one kernel, or the two of a bidirectional layer.</summary>
/// <param name="Layers">Forward first.</param>
/// <param name="Numbers">The place of each among the model's recurrent kernels.</param>
/// <param name="Suffix">With what its names end: <c>l0</c>.</param>
internal sealed record RecurrentGroup(IReadOnlyList<LayerInfo> Layers, IReadOnlyList<int> Numbers, string Suffix)
{
    private const string Backward = "_reverse";

    public LayerInfo First => Layers[0];

    /// <summary>The states that the cell's equations have: masks of a recurrent dropout are ones outside of training, those of a zoneout
    /// the declared probability.</summary>
    public IReadOnlyList<StateInfo> States { get; } =
        [.. Layers[0].States.Where((_, i) => !Layers[0].Wiring.Starts[i].IsMask)];

    /// <summary>All recurrent layers of a model, by each of their kernels.</summary>
    public static IReadOnlyDictionary<int, RecurrentGroup> Of(ModelInfo info)
    {
        var groups = new Dictionary<int, RecurrentGroup>();
        int[] kernels = [.. Enumerable.Range(0, info.Layers.Count).Where(i => info.Layers[i].IsRecurrent)];
        for (var n = 0; n < kernels.Length; n++)
        {
            var (layer, isPair) = (info.Layers[kernels[n]], n + 1 < kernels.Length && IsPair(info, kernels[n], kernels[n + 1]));
            var group = isPair
                ? new RecurrentGroup([layer, info.Layers[kernels[n + 1]]], [n, n + 1], SuffixOf(layer))
                : new RecurrentGroup([layer], [n], SuffixOf(layer).Replace(Backward, "", StringComparison.Ordinal));
            groups[kernels[n]] = group;
            if (isPair)
                groups[kernels[++n]] = group;
        }

        return groups;
    }

    /// <summary>With what the name of a kernel's tensors ends: <c>l0</c>, <c>l0_reverse</c>.</summary>
    public static string SuffixOf(LayerInfo layer)
    {
        var name = layer.Tensors.Count == 0 ? "" : layer.Tensors[0].Name;
        return name[(name.LastIndexOf("_l", StringComparison.Ordinal) + 1)..];
    }

    // The second kernel reads, from its end, what the first one reads.
    private static bool IsPair(ModelInfo info, int first, int second)
    {
        var (a, b) = (info.Layers[first], info.Layers[second]);
        var turned = b.Wiring.Sources[0];
        return turned >= 0
            && info.Layers[turned].Wiring is { Operation: LayerOperation.Reverse } reverse && reverse.Sources[0] == a.Wiring.Sources[0]
            && (a.Cell, a.InputSize, a.HiddenSize) == (b.Cell, b.InputSize, b.HiddenSize)
            && SuffixOf(b) == SuffixOf(a) + Backward;
    }
}
