using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>A model as it was written.</summary>
/// <param name="Class">Its class.</param>
/// <param name="NamePlace">Where its name stands.</param>
/// <param name="Attributes">Its attributes in the order of the source.</param>
internal sealed record ModelSpec(PartialClass Class, Place NamePlace, EquatableArray<AttributeSpec> Attributes);

/// <summary>One attribute of a model.</summary>
/// <param name="Attribute">Its name, such as <c>Embedding</c>.</param>
internal abstract record AttributeSpec(string Attribute, Place Place);

/// <summary>Input, Embedding or OneHot. <paramref name="Vocabulary"/> is 0 for Input, <paramref name="Size"/> for OneHot.</summary>
internal sealed record InputSpec(InputKind Kind, int Vocabulary, int Size, Place VocabularyPlace, Place SizePlace, Place Place)
    : AttributeSpec(Kind == InputKind.Vector ? "Input" : Kind.ToString(), Place);

/// <summary>A recurrent layer.</summary>
/// <param name="CellPlace">Where the cell's type stands.</param>
/// <param name="Dimensions">Sizes of the cell's own dimensions.</param>
internal sealed record LayerSpec(
    CellReference Cell, Place CellPlace, int HiddenSize, Place HiddenPlace, EquatableArray<int> Dimensions,
    EquatableArray<Place> DimensionPlaces, LayerOptions Options, Place Place)
    : AttributeSpec("Layer", Place);

/// <summary>What else a recurrent layer may say.</summary>
/// <param name="StateZoneout">A rate for each state; none where <paramref name="Zoneout"/> is that of all.</param>
internal sealed record LayerOptions(
    bool Bidirectional, bool Backward, Place BackwardPlace, Merge Merge, Place MergePlace, double RecurrentDropout,
    Place RecurrentDropoutPlace, double Zoneout, Place ZoneoutPlace, EquatableArray<double> StateZoneout, Place StateZoneoutPlace,
    InitialState InitialState, Place InitialStatePlace, double InitialScale, Place InitialScalePlace)
{
    /// <summary>The standard deviation of random states where nothing is said.</summary>
    public const double UsualInitialScale = 0.1;
}

/// <summary>A dense layer.</summary>
internal sealed record DenseSpec(int Size, Place SizePlace, DenseActivation Activation, Place ActivationPlace, bool HasBias, Place Place)
    : AttributeSpec("Dense", Place);

/// <summary>A function of each number.</summary>
internal sealed record ActivationSpec(DenseActivation Activation, Place Place) : AttributeSpec("Activation", Place);

/// <summary>A constant that multiplies each number.</summary>
internal sealed record ScaleSpec(double Factor, Place FactorPlace, Place Place) : AttributeSpec("Scale", Place);

/// <summary>The first numbers of the input, added.</summary>
internal sealed record SkipSpec(Place Place) : AttributeSpec("Skip", Place);

/// <summary>A loss, which its attribute names.</summary>
/// <param name="Class">The class of equations that it names; null for a loss of the library.</param>
internal sealed record LossSpec(LossKind Kind, Reduction Reduction, LossOptions Options, LossReference? Class, Place Place)
    : AttributeSpec(Kind == LossKind.Equations ? "Loss" : Kind.ToString(), Place);

/// <summary>What else a loss may say.</summary>
internal sealed record LossOptions(
    double LabelSmoothing, Place LabelSmoothingPlace, double Delta, Place DeltaPlace, EquatableArray<double> Quantiles,
    EquatableArray<Place> QuantilePlaces, bool ZeroInfinity);

/// <summary>Output: what follows is a head.</summary>
internal sealed record OutputSpec(string Name, Place NamePlace, double Weight, Place WeightPlace, Place Place)
    : AttributeSpec("Output", Place);

/// <summary>Encoder: what follows reads the source.</summary>
internal sealed record EncoderSpec(Place Place) : AttributeSpec("Encoder", Place);

/// <summary>Decoder: what follows is the model's main part.</summary>
/// <param name="InputFeeding">Whether a step reads what the attention of the step before led to.</param>
internal sealed record DecoderSpec(Handover Handover, bool InputFeeding, Place FeedingPlace, Place Place) : AttributeSpec("Decoder", Place);

/// <summary>Dropout between layers.</summary>
internal sealed record DropoutSpec(double Rate, Place RatePlace, Place Place) : AttributeSpec("Dropout", Place);

/// <summary>One vector of a sequence.</summary>
internal sealed record PoolSpec(Pooling Pooling, Place Place) : AttributeSpec("Pool", Place);

/// <summary>Attention over the encoder; <paramref name="Size"/> is 0 without one.</summary>
internal sealed record AttentionSpec(AttentionScore Score, int Size, Place SizePlace, Place Place) : AttributeSpec("Attention", Place);

/// <summary>The vector from which a sequence starts.</summary>
internal sealed record ConditionSpec(int Size, Place SizePlace, ConditionTarget Target, Place Place) : AttributeSpec("Condition", Place);

/// <summary>PyTorchInitialization.</summary>
internal sealed record PyTorchSpec(Place Place) : AttributeSpec("PyTorchInitialization", Place);

/// <summary>Weights: a file that becomes part of the assembly.</summary>
internal sealed record WeightsSpec(string Path, WeightFormat Format, Place FormatPlace, int Width, Place WidthPlace, Place Place)
    : AttributeSpec("Weights", Place);

/// <summary>The cell that a layer names.</summary>
/// <param name="FullName">Fully qualified without <c>global::</c>, escaped.</param>
/// <param name="Assembly">Empty for a cell of this compilation, else the name of the assembly that has it.</param>
/// <param name="IsMarked">Whether its class has the attribute Cell.</param>
/// <param name="Source">The source that the other assembly recorded; null if there is none.</param>
internal sealed record CellReference(string FullName, string Assembly, bool IsMarked, string? Source);
