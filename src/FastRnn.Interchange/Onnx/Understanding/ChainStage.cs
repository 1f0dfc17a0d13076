using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The chain of layers up to one of them: the source of what that layer puts out. Where a graph forks, two stages have the same
/// stage before them; only the chain that ends in the output becomes the network.</summary>
internal sealed class ChainStage : SymbolSource
{
    private const int MostLayers = 1000;

    private readonly FinalState?[] states = new FinalState?[2];
    private readonly ChainStage owner;
    private readonly int depth;
    private IReadOnlyList<AxisTag>? features;
    private ChainStage? last;

    private ChainStage(ChainStage? before, NetworkLayer? layer, IReadOnlyList<AxisTag>? features)
    {
        (Before, Layer, this.features) = (before, layer, features);
        Root = before?.Root ?? this;
        owner = features is null && before is not null ? before.owner : this;
        depth = (before?.depth ?? 0) + 1;
        if (depth > MostLayers)
            throw new ForeignFileException($"more than {MostLayers} layers");
        IsPooled = before?.IsPooled ?? false;
        HasLengths = before?.HasLengths ?? false;
    }

    /// <summary>Null for the network's input.</summary>
    public ChainStage? Before { get; }

    /// <summary>Null for the network's input.</summary>
    public NetworkLayer? Layer { get; }

    /// <summary>The network's input.</summary>
    public ChainStage Root { get; }

    /// <summary>Which node is the layer, if it is recurrent; -1 otherwise.</summary>
    public int Node { get; private init; } = -1;

    /// <summary>The dimension of the directions of a recurrent layer that are not yet one.</summary>
    public AxisTag? Directions { get; private init; }

    /// <summary>Whether there is one vector a sequence.</summary>
    public bool IsPooled { get; private init; }

    /// <summary>Whether sequences have lengths of their own.</summary>
    public bool HasLengths { get; private init; }

    /// <summary>The dimensions of one step, one behind the other; null while those of the network's input are not known.</summary>
    public IReadOnlyList<AxisTag>? Features => owner.features;

    /// <summary>Length of the vector of one step.</summary>
    public int FeatureSize => Features!.Aggregate(1, (count, tag) => count * tag.Size);

    public override string Description => Layer is null ? "the input" : $"the output of '{Layer.Name}'";

    /// <summary>The network's input.</summary>
    public static ChainStage Input() => new(null, null, null);

    /// <summary>Says what a step of the network's input is.</summary>
    public void BindFeatures(IReadOnlyList<AxisTag> tags) => Root.features = tags;

    /// <summary>A function of each number: the dimensions stay.</summary>
    public ChainStage Each(NetworkLayer layer) => new(this, layer, null) { Directions = Directions };

    /// <summary>A layer that makes vectors of another length.</summary>
    public ChainStage Then(NetworkLayer layer, AxisTag feature) => new(this, layer, [feature]);

    /// <summary>The last step of each sequence.</summary>
    public ChainStage Last() => last ??= Pool(new PoolLayer($"{Layer?.Name ?? "input"}, last step", Pooling.Last));

    /// <summary>One vector of each sequence.</summary>
    public ChainStage Pool(PoolLayer layer) => new(this, layer, null) { IsPooled = true, Directions = Directions };

    /// <summary>The last states of a recurrent layer.</summary>
    public FinalState LastState(bool isCell) => states[isCell ? 1 : 0] ??= new FinalState(this, isCell);

    /// <summary>A recurrent layer.</summary>
    public ChainStage Recur(RecurrentLayer layer, int node, AxisTag directions, AxisTag hidden, bool hasLengths) =>
        new(this, layer, directions.Size > 1 ? [directions, hidden] : [hidden])
        {
            Node = node,
            Directions = directions,
            HasLengths = hasLengths,
        };

    /// <summary>The same place in the chain with the layer said otherwise: a bias added, two directions summed.</summary>
    public ChainStage Replace(NetworkLayer layer) => new(Before, layer, layer is RecurrentLayer ? [Features![^1]] : features)
    {
        Node = Node,
        HasLengths = HasLengths,
        IsPooled = IsPooled,
    };

    /// <summary>The layers from the input to this one.</summary>
    public IReadOnlyList<ChainStage> Path()
    {
        var path = new List<ChainStage>();
        for (var stage = this; stage.Layer is not null; stage = stage.Before!)
            path.Add(stage);
        path.Reverse();
        return path;
    }
}
