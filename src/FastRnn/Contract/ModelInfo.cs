using System.ComponentModel;

using FastRnn.CompilerServices;

namespace FastRnn;

/// <summary>A model's declaration as data: constants that the generator computed.</summary>
/// <param name="Name">The model's class.</param>
/// <param name="Input">What one step reads.</param>
/// <param name="InputSize">Length of the vector that the first layer sees.</param>
/// <param name="Vocabulary">Number of different tokens; 0 for <see cref="InputKind.Vector"/> and <see cref="InputKind.Mixed"/>.</param>
/// <param name="Layers">The layers from input to output, dense layers included.</param>
/// <param name="Loss">The declared loss.</param>
/// <param name="Reduction">Sum or mean over the positions.</param>
/// <param name="SoftmaxOutput">Whether inference normalises the outputs of a step to probabilities.</param>
/// <param name="PyTorchInitialization">Whether <see cref="PyTorchInitializationAttribute"/> was given.</param>
/// <param name="Source">What the encoder reads; null if there is none.</param>
/// <param name="ConditionSize">Length of the vector from which a sequence starts; 0 if there is none.</param>
public sealed record ModelInfo(
    string Name,
    InputKind Input,
    int InputSize,
    int Vocabulary,
    IReadOnlyList<LayerInfo> Layers,
    LossKind Loss,
    Reduction Reduction,
    bool SoftmaxOutput,
    bool PyTorchInitialization,
    SourceInfo? Source = null,
    int ConditionSize = 0)
{
    private readonly IReadOnlyList<HeadInfo> declared = [];
    private readonly IReadOnlyList<InputInfo> inputs = [new(Input, InputSize, Vocabulary)];

    /// <summary>What stands side by side in what the first layer reads, in declared order: one input, or several of
    /// <see cref="InputKind.Mixed"/>.</summary>
    public IReadOnlyList<InputInfo> Inputs
    {
        get => inputs;
        init => (inputs, VectorSize, TokenCount) = (value, InputPlace.Vectors(value), InputPlace.Tokens(value));
    }

    /// <summary>I: numbers of a position in the vectors that the caller gives; 0 if there are only tokens.</summary>
    public int VectorSize { get; private init; } = Input == InputKind.Vector ? InputSize : 0;

    /// <summary>K: tokens of a position that the caller gives; 0 if there are only vectors.</summary>
    public int TokenCount { get; private init; } = Input is InputKind.Vector or InputKind.Mixed ? 0 : 1;

    /// <summary>Along which time the outputs lie: <see cref="TimeDomain.Single"/> if there is one a sequence.</summary>
    public TimeDomain OutputDomain { get; } = Layers[^1].Wiring.Domain;

    /// <summary>The vector widths for which there are kernels, narrowest first: what the property <c>FastRnnWidths</c> of the model's
    /// project says.</summary>
    public IReadOnlyList<SimdWidth> Widths { get; init; } = [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512];

    /// <summary>Whether inference puts out the logarithms of the normalised outputs of a step; then <see cref="SoftmaxOutput"/> is
    /// false.</summary>
    public bool LogSoftmaxOutput { get; init; }

    /// <summary>Length of the output of one step.</summary>
    public int OutputSize { get; } = Layers[^1].OutputSize;

    /// <summary>What part of a target <see cref="LossKind.SoftmaxCrossEntropy"/> spreads over all classes, from 0 to below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The largest difference that <see cref="LossKind.Huber"/> squares.</summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary>The levels of <see cref="LossKind.Quantile"/>, ascending; empty for the other losses.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Whether a sequence whose labels take more steps than it has does not count in <see cref="LossKind.Ctc"/>, and is no
    /// error.</summary>
    public bool ZeroInfinity { get; init; }

    /// <summary>The equations of <see cref="LossKind.Equations"/>; null for the other losses.</summary>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public LossEquations? Equations { get; init; }

    /// <summary>The stretches of the outputs that have a loss, in declared order: those that <see cref="OutputAttribute"/> began, or one
    /// without a name, as long as the outputs; empty without a loss.</summary>
    public IReadOnlyList<HeadInfo> Heads
    {
        get => declared.Count > 0 ? declared : Loss == LossKind.None ? [] : [Whole()];
        init => declared = value;
    }

    /// <summary>Numbers that a position's target has: one for each output, or for each that has all <see cref="Quantiles"/> or that
    /// <see cref="Equations"/> compare with several; 0 if the target is a token. Those of several heads stand one behind the
    /// other.</summary>
    public int TargetSize
    {
        get
        {
            var size = declared.Count > 0 || Loss is LossKind.SoftmaxCrossEntropy or LossKind.Ctc ? 0
                : OutputSize / (Equations?.Outputs ?? Math.Max(1, Quantiles.Count));
            for (var i = 0; i < declared.Count; i++)
            {
                size += declared[i].TargetSize;
            }

            return size;
        }
    }

    /// <summary>Tokens that a position's target has: one for each head that classifies, in declared order; 1 of
    /// <see cref="LossKind.Ctc"/>, though its labels belong to no position.</summary>
    public int TargetTokenCount
    {
        get
        {
            var count = declared.Count == 0 && (Loss is LossKind.SoftmaxCrossEntropy or LossKind.Ctc) ? 1 : 0;
            for (var i = 0; i < declared.Count; i++)
            {
                count += declared[i].IsClassification ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Number of learned numbers of the embedding tables, which come first among the parameters, those of
    /// <see cref="Inputs"/> and then those of an encoder with several inputs; or 0.</summary>
    public int EmbeddingParameters =>
        InputPlace.Tables(Inputs) + (Source is { Input: InputKind.Mixed } source ? InputPlace.Tables(source.Inputs) : 0);

    /// <summary>Number of learned numbers of the whole model.</summary>
    public int ParameterCount => Layers[^1].ParameterOffset + Layers[^1].ParameterCount;

    private HeadInfo Whole() => new("", 0, OutputSize, Loss)
    {
        LabelSmoothing = LabelSmoothing,
        HuberDelta = HuberDelta,
        Quantiles = Quantiles,
        Equations = Equations,
    };
}
