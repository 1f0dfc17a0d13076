using FastRnn.CompilerServices;

namespace FastRnn.Generators.Analysis;

/// <summary>How a layer stands in its model: the members of FastRnn.CompilerServices.LayerWiring.</summary>
/// <param name="Sources">Layers, or <see cref="MainInput"/>, <see cref="SourceInput"/>, <see cref="ConditionInput"/>.</param>
/// <param name="TensorFormat">Makes the name of a tensor in a weights file, such as <c>encoder.{0}_l0</c>.</param>
internal sealed record WiringGraph(
    LayerOperation Operation, TimeDomain Domain, EquatableArray<int> Sources, EquatableArray<StartGraph> Starts, double Rate,
    string TensorFormat)
{
    public const int MainInput = -1;
    public const int SourceInput = -2;
    public const int ConditionInput = -3;

    /// <summary>Of an activation, the function.</summary>
    public DenseActivation Activation { get; init; }

    /// <summary>A layer that is all of a model: what one is before it stands anywhere.</summary>
    public static readonly WiringGraph Alone = new(
        LayerOperation.Kernel, TimeDomain.Main, new([MainInput]), EquatableArray<StartGraph>.Empty, 0, "{0}");

    /// <summary>The same for layers that have moved.</summary>
    public WiringGraph Renumber(IReadOnlyList<int> places) => this with
    {
        Sources = new(Sources.Select(s => s < 0 ? s : places[s])),
        Starts = new(Starts.Select(s => s.Layer < 0 ? s : s with { Index = places[s.Index] })),
    };
}

/// <summary>With what a state begins: the members of FastRnn.CompilerServices.StateStart.</summary>
internal sealed record StartGraph(StartKind Kind, int Index = 0, int State = 0, double Value = 0)
{
    public static readonly StartGraph Zero = new(StartKind.Zero);

    /// <summary>Whether the state is no value of the cell's, but a mask of training or the product with one.</summary>
    public bool IsMask => Kind is StartKind.Mask or StartKind.Masked or StartKind.Zoneout;

    /// <summary>The layer that it reads; -1 for none.</summary>
    public int Layer => Kind is StartKind.Layer or StartKind.LastState ? Index : -1;
}

/// <summary>What an encoder reads: the members of FastRnn.CompilerServices.SourceInfo.</summary>
internal sealed record SourceGraph(InputKind Input, int InputSize, int Vocabulary)
{
    /// <summary>What stands side by side.</summary>
    public EquatableArray<InputGraph> Inputs { get; init; } = EquatableArray<InputGraph>.Empty;
}
