using FastRnn.CompilerServices;

namespace FastRnn.Generators.Analysis;

/// <summary>A model, checked: what the declaration says, with the graphs of its cells.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Name">The class's name.</param>
/// <param name="ContainingTypes">Declarations around the class, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c> or whatever else the class says.</param>
/// <param name="Input">What one step reads.</param>
/// <param name="InputSize">Length of the vector that the first layer sees.</param>
/// <param name="Vocabulary">0 for Vector and for several inputs.</param>
/// <param name="Layers">From input to output.</param>
/// <param name="Loss">With what it is trained.</param>
/// <param name="Reduction">How losses become one.</param>
/// <param name="SoftmaxOutput">Whether the last dense layer or activation says Softmax (its graph is then linear).</param>
/// <param name="PyTorchInitialization">Whether that attribute is there.</param>
internal sealed record ModelGraph(
    string Namespace,
    string Name,
    EquatableArray<string> ContainingTypes,
    string Accessibility,
    InputKind Input,
    int InputSize,
    int Vocabulary,
    EquatableArray<LayerGraph> Layers,
    LossKind Loss,
    Reduction Reduction,
    bool SoftmaxOutput,
    bool PyTorchInitialization)
{
    /// <summary>What stands side by side in what a step reads.</summary>
    public EquatableArray<InputGraph> Inputs { get; init; } = EquatableArray<InputGraph>.Empty;

    /// <summary>Learned numbers of the tables in front of all layers: a single one of an encoder is a layer.</summary>
    public long TableCount => Inputs.Sum(input => input.TableCount)
        + (Source is { Input: InputKind.Mixed } source ? source.Inputs.Sum(input => input.TableCount) : 0);

    /// <summary>The tables in front of all layers with their names in a weights file, in order: one alone is <c>embedding</c>, several of a
    /// part have numbers.</summary>
    public IEnumerable<(string Name, InputGraph Table)> Tables() => Tables(Source is null ? "" : "decoder.", Inputs)
        .Concat(Source is { Input: InputKind.Mixed } source ? Tables("encoder.", source.Inputs) : []);

    private static IEnumerable<(string Name, InputGraph Table)> Tables(string prefix, EquatableArray<InputGraph> inputs)
    {
        var tables = inputs.Where(input => input.Kind == InputKind.Embedding).ToList();
        return tables.Select((table, i) =>
            (tables.Count == 1 ? $"{prefix}embedding.weight" : FormattableString.Invariant($"{prefix}embedding{i}.weight"), table));
    }

    /// <summary>What the encoder reads; null without one.</summary>
    public SourceGraph? Source { get; init; }

    /// <summary>Length of the vector from which a sequence starts; 0 without one.</summary>
    public int ConditionSize { get; init; }

    /// <summary>The weights that become part of the assembly; null without any.</summary>
    public WeightsGraph? Weights { get; init; }

    /// <summary>Whether it says LogSoftmax.</summary>
    public bool LogSoftmaxOutput { get; init; }

    /// <summary>What else the loss says.</summary>
    public LossGraph LossOptions { get; init; } = LossGraph.None;

    /// <summary>The heads, in declared order; none in a model whose last layer is its output.</summary>
    public EquatableArray<HeadGraph> Heads { get; init; } = EquatableArray<HeadGraph>.Empty;

    /// <summary>For which vector widths there are kernels, narrowest first.</summary>
    public EquatableArray<int> Widths { get; init; } = KernelWidths.All;

    /// <summary>The same with kernels for some widths only. Weights in the order of another width's kernels would suit none of them: they
    /// lie in the order of the parameters.</summary>
    public ModelGraph For(KernelWidths widths) => this with
    {
        Widths = widths.Bits,
        Weights = Weights is { } weights && !widths.Bits.Contains(weights.Width) ? weights with { Width = 0 } : Weights,
    };

    /// <summary>Whether a layer reads tokens in place of one-hot vectors, where its cell can: it is the only one that reads them.</summary>
    public bool MayReadToken(int layer) => Input == InputKind.OneHot && Layers[layer].IsKernel
        && Layers[layer].Wiring.Sources[0] == WiringGraph.MainInput
        && Layers.Sum(l => l.Wiring.Sources.Count(s => s == WiringGraph.MainInput)) == 1;
}

/// <summary>A layer: a cell with sizes. A dense layer is a graph with one state that no later step reads.</summary>
/// <param name="Cell">The cell; of an operation without kernels what it learns, without equations.</param>
/// <param name="IsDense">Whether it was declared by the Dense attribute.</param>
/// <param name="DenseActivation">What its graph computes; Linear for a recurrent layer.</param>
/// <param name="InputSize">The size of the dimension Input.</param>
/// <param name="HiddenSize">The size of the dimension Hidden (of a dense layer: of its output).</param>
/// <param name="OwnSizes">The sizes of the cell's own dimensions.</param>
internal sealed record LayerGraph(
    CellGraph Cell, bool IsDense, DenseActivation DenseActivation, int InputSize, int HiddenSize, EquatableArray<int> OwnSizes)
{
    /// <summary>How it stands in its model: in a chain it reads the layer before.</summary>
    public WiringGraph Wiring { get; init; } = WiringGraph.Alone;

    /// <summary>Whether it has kernels of its own.</summary>
    public bool IsKernel => Wiring.Operation == LayerOperation.Kernel;

    /// <summary>Whether it carries states.</summary>
    public bool IsRecurrent => IsKernel && !IsDense;

    /// <summary>Whether what a step costs is for each step of the source.</summary>
    public bool IsAttention => Wiring.Operation is LayerOperation.DotAttention or LayerOperation.AdditiveAttention;

    public int Size(string dimension)
    {
        if (dimension == "Input")
        {
            return InputSize;
        }

        if (dimension == "Hidden")
        {
            return HiddenSize;
        }

        for (var i = 0; i < Cell.OwnDimensions.Count; i++)
        {
            if (Cell.OwnDimensions[i] == dimension)
            {
                return OwnSizes[i];
            }
        }

        throw new System.ArgumentException("unknown dimension " + dimension, nameof(dimension));
    }

    /// <summary>A cell by its full name, a dense layer with its activation: what a weights file must agree with.</summary>
    public string CellName =>
        !IsDense ? Cell.TypeName.Replace("@", "") : DenseActivation == DenseActivation.Linear ? "Dense" : "Dense." + DenseActivation;

    /// <summary>Number of learned numbers.</summary>
    public long ParameterCount => Cell.Parameters.Sum(p => (long)Size(p.Rows) * (p.IsVector ? 1 : Size(p.Columns)));

    public int OutputSize => Size(Cell.States[0].Dimension);
}

/// <summary>How weights become part of the assembly.</summary>
/// <param name="Path">The file, as the attribute says it.</param>
/// <param name="Format">How each number is stored.</param>
/// <param name="Width">The vector width in whose order they lie, or 0.</param>
internal sealed record WeightsGraph(string Path, WeightFormat Format, int Width);

/// <summary>The numbers of a loss.</summary>
/// <param name="LabelSmoothing">Of a softmax; 0 without.</param>
/// <param name="HuberDelta">Of Huber's loss; else 1.</param>
/// <param name="Quantiles">Of the quantile loss; else empty.</param>
/// <param name="ZeroInfinity">Of CTC: whether what cannot be aligned does not count.</param>
/// <param name="Equations">The class of equations; empty for a loss of the library.</param>
internal sealed record LossGraph(
    double LabelSmoothing, double HuberDelta, EquatableArray<double> Quantiles, bool ZeroInfinity, string Equations,
    int EquationOutputs)
{
    /// <summary>Nothing said.</summary>
    public static LossGraph None { get; } = new(0, 1, new([]), false, "", 1);
}
