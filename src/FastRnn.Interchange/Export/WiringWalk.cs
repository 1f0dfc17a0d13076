using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>Walks over a model's wiring and writes it by a target: both directions of a layer are one layer again, and a reversal around a
/// layer is that layer's direction.</summary>
/// <param name="info">The model.</param>
/// <param name="target">Where it is written.</param>
/// <param name="refusal">What is said of a model that has no counterpart there.</param>
internal sealed class WiringWalk(ModelInfo info, IExportTarget target, string refusal = "cannot be exported")
{
    private static readonly HashSet<LayerOperation> Written =
    [
        LayerOperation.Kernel, LayerOperation.Reverse, LayerOperation.Concat, LayerOperation.Sum, LayerOperation.Dropout,
        LayerOperation.PoolLast, LayerOperation.PoolMean, LayerOperation.PoolMax, LayerOperation.Activation, LayerOperation.Scale,
        LayerOperation.Skip,
    ];

    private readonly IReadOnlyDictionary<int, RecurrentGroup> groups = RecurrentGroup.Of(info);
    private readonly Flow?[] flows = new Flow?[info.Layers.Count];
    private readonly Dictionary<Flow, string> plain = [];

    /// <summary>Writes all layers.</summary>
    /// <returns>The model's output.</returns>
    /// <exception cref="ForeignFileException">Something has no counterpart: the message names all of it.</exception>
    public string Run()
    {
        var obstacles = Obstacles().Distinct().ToList();
        if (obstacles.Count > 0)
            throw new ForeignFileException($"{info.Name} {refusal}:", obstacles);

        var input = new Flow(target.Input());
        for (var i = 0; i < flows.Length; i++)
            flows[i] ??= Walk(i, [.. info.Layers[i].Wiring.Sources.Select(s => s < 0 ? input : flows[s]!)]);
        return Plain(flows[^1]!);
    }

    private Flow Walk(int index, Flow[] sources)
    {
        var layer = info.Layers[index];
        var (operation, x) = (layer.Wiring.Operation, sources[0]);
        return operation switch
        {
            LayerOperation.Kernel when layer.IsRecurrent => Recurrent(index, x),
            LayerOperation.Kernel => Each(x, v => Function(FunctionOf(layer), target.Dense(layer, v))),
            LayerOperation.Activation => Each(x, v => Function(layer.Wiring.Activation, v)),
            LayerOperation.Scale => Each(x, v => target.Scale(layer.Wiring.Rate, v)),
            LayerOperation.Skip => new(target.Skip(Plain(x), Plain(sources[1]), layer.OutputSize), IsSingle: x.IsSingle),
            LayerOperation.Reverse => x with { IsReversed = !x.IsReversed, Last = null },
            LayerOperation.Dropout => x,
            LayerOperation.Concat or LayerOperation.Sum => new(Join(operation, sources), IsSingle: x.IsSingle),
            LayerOperation.PoolLast when x.Last is { } last => new(last, Side: x.Side, IsSingle: true),
            _ => new(target.Pool(operation, Plain(x)), IsSingle: true),
        };
    }

    // What looks at each step alone does not ask in which order they lie.
    private Flow Each(Flow x, Func<string, string> write) => x.Side < 0
        ? x with { Name = write(x.Name), Last = null }
        : new(write(Plain(x)), IsSingle: x.IsSingle);

    private string Function(DenseActivation function, string x) =>
        function == DenseActivation.Linear ? x : target.Activation(function, x);

    // The tables say "Dense", or "Dense." and the function.
    private static DenseActivation FunctionOf(LayerInfo dense) =>
        dense.Cell.Split('.') is [_, var function] ? Enum.Parse<DenseActivation>(function) : DenseActivation.Linear;

    private Flow Recurrent(int index, Flow x)
    {
        var group = groups[index];
        if (group.Layers.Count == 1)
        {
            var isBackward = x.IsReversed;
            var from = isBackward ? x with { IsReversed = false } : x;
            return target.Recurrent(group, Plain(from), isBackward)[0] with { IsReversed = isBackward };
        }

        var sides = target.Recurrent(group, Plain(x), isBackward: false);
        var second = Enumerable.Range(index + 1, flows.Length - index - 1).First(i => info.Layers[i] == group.Layers[1]);
        flows[second] = sides[1] with { IsReversed = true };
        return sides[0];
    }

    private string Join(LayerOperation join, Flow[] sources) =>
        sources is [{ Side: 0, IsReversed: false } first, { Side: 1, IsReversed: false } second] && first.Name == second.Name
            ? target.JoinSides(first, join)
            : target.Join(join, [.. sources.Select(Plain)]);

    private string Plain(Flow flow)
    {
        if (plain.TryGetValue(flow, out var known))
            return known;
        var name = flow.Side < 0 ? flow.Name : target.Side(flow);
        return plain[flow] = flow.IsReversed ? target.Reverse(name) : name;
    }

    private IEnumerable<string> Obstacles()
    {
        if (info.Source is not null)
            yield return "it has an encoder and a decoder, which run along two times";
        if (info.ConditionSize > 0)
            yield return $"it starts from a condition of {info.ConditionSize} numbers";
        for (var i = 0; i < info.Layers.Count; i++)
        {
            var layer = info.Layers[i];
            if (!Written.Contains(layer.Wiring.Operation))
                yield return $"layer {i}: {layer.Wiring.Operation} has no counterpart";
            if (layer.Wiring.Starts.FirstOrDefault(s => s.Kind is StartKind.Layer or StartKind.LastState) is { } start)
                yield return $"layer {i} ({layer.Cell}): its states begin with those of another layer ({start.Kind})";
            if (groups.TryGetValue(i, out var group) && target.Obstacle(group) is { } obstacle)
                yield return $"layer {i} ({layer.Cell}): {obstacle}";
        }
    }
}
