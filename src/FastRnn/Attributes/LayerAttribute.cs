namespace FastRnn;

/// <summary>A recurrent layer of the cell <typeparamref name="TCell"/>. Layers stack in the order in which they are
/// written; the output of a layer is the first state that its cell's <c>Step</c> returns.</summary>
/// <typeparam name="TCell">A class marked with <see cref="CellAttribute"/>, of this or of a referenced assembly.</typeparam>
/// <param name="hiddenSize">The size of the dimension <c>Hidden</c>, 1 to 65,536.</param>
/// <param name="dimensions">Sizes of the cell's own dimensions, in the order of their first appearance in its fields.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerAttribute<TCell>(int hiddenSize, params int[] dimensions) : Attribute
    where TCell : class
{
    /// <summary>The size of the dimension <c>Hidden</c>.</summary>
    public int HiddenSize { get; } = hiddenSize;

    /// <summary>Sizes of the cell's own dimensions, in the order of their first appearance in its fields.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>Whether a second set of weights reads each sequence from its end, by its own length (Schuster and Paliwal 1997).</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether the layer reads each sequence from its end, by its own length: the backward half of a bidirectional layer alone.
    /// Outputs lie at the steps to which they belong; <c>[Pool(Pooling.Last)]</c> right after it is the last step that it read, step 0. Not
    /// together with <see cref="Bidirectional"/>.</summary>
    public bool Backward { get; init; }

    /// <summary>How the outputs of both directions become one.</summary>
    public Merge Merge { get; init; } = Merge.Concat;

    /// <summary>The rate of a dropout of the states on their way into matrices, 0 to below 1: in training one mask for a whole sequence
    /// (Gal and Ghahramani 2016).</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>How probable it is in training that a unit of a state keeps its old value for a step instead of taking the new one, 0 to
    /// below 1, for all states of the cell (zoneout, Krueger et al. 2016); in inference a state becomes the mean of both by this
    /// probability.</summary>
    public double Zoneout { get; init; }

    /// <summary>The same with a probability for each state, in the order in which the cell returns them, in place of
    /// <see cref="Zoneout"/>: <c>new[] { 0.05, 0.5 }</c> holds h of an LSTM seldom and c often, as the paper does.</summary>
    public double[]? StateZoneout { get; init; }

    /// <summary>With what the states begin, where nothing is handed to them.</summary>
    public InitialState InitialState { get; init; } = InitialState.Zero;

    /// <summary>The standard deviation of <see cref="InitialState.Random"/>, above 0.</summary>
    public double InitialScale { get; init; } = 0.1;
}
