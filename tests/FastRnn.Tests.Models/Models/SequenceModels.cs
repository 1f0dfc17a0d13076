using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Models;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Layer<Lstm>(5, Bidirectional = true), MeanSquaredError]
internal sealed partial class BidirectionalLstm;

[Tested(TestTraits.Sequences)]
[Model, Input(7), Layer<Lstm>(5, Bidirectional = true), Layer<Lstm>(5, Bidirectional = true), MeanSquaredError]
internal sealed partial class BidirectionalLstmStack;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Layer<Gru>(17, Bidirectional = true), MeanSquaredError]
internal sealed partial class BidirectionalGru;

[Tested(TestTraits.Sequences)]
[Model, Input(5), Layer<Gru>(4, Bidirectional = true), Layer<Gru>(4, Bidirectional = true), MeanSquaredError]
internal sealed partial class BidirectionalGruStack;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Layer<Elman>(18), Pool(Pooling.Mean), Dense(2), SigmoidBinaryCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class MeanOfAll;

[Tested(TestTraits.Sequences | TestTraits.Draws | TestTraits.Kinks)]
[Model, OneHot(Vocabulary = 6), Layer<MinimalGatedUnit>(7), Dropout(0.25), Pool(Pooling.Max), Dense(5, Activation = DenseActivation.Tanh),
    Dropout(0.5), Dense(3), MeanSquaredError]
internal sealed partial class MaximumOfAll;

[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, OneHot(Vocabulary = 5), Dropout(0.4), Layer<Lstm>(6, InitialState = InitialState.Learned), Dropout(0.2),
    Layer<Gru>(17, InitialState = InitialState.Learned), Dense(5), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class LearnedStart;

[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Input(3), Layer<Lstm>(5, RecurrentDropout = 0.3, InitialState = InitialState.Learned),
    Layer<Gru>(6, Bidirectional = true, RecurrentDropout = 0.5, InitialState = InitialState.Random), MeanSquaredError]
internal sealed partial class RecurrentlyDropped;

/// <summary>Units of a projection, of a cell of two phases under a mask besides, and of a state with a rate of its own are held.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Input(3), Layer<ProjectedLstm>(5, 3, StateZoneout = new[] { 0.3, 0.5 }),
    Layer<GruResetBefore>(17, Bidirectional = true, Zoneout = 0.25, RecurrentDropout = 0.5, InitialState = InitialState.Learned),
    MeanSquaredError]
internal sealed partial class HeldStack;

/// <summary>Cells that PyTorch has, each with its own rates, which are the same numbers in single and in double precision.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Input(3), Layer<Lstm>(5, StateZoneout = new[] { 0.125, 0.375 }), Layer<Gru>(4, Zoneout = 0.25), MeanSquaredError]
internal sealed partial class HeldForecast;

/// <summary>A stream, and in training windows, whose cell states alone are held.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, OneHot(Vocabulary = 5), Layer<Lstm>(18, StateZoneout = new[] { 0, 0.4 }, InitialState = InitialState.Learned),
    Layer<LayerNormLstm>(6, Zoneout = 0.2, InitialState = InitialState.Learned), Dense(5), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class HeldText;

[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Input(2), Layer<Elman>(3, InitialState = InitialState.Random, InitialScale = 0.3),
    Layer<Lstm>(4, InitialState = InitialState.Random), Dense(2), MeanSquaredError]
internal sealed partial class RandomStart;

[Tested(TestTraits.Sequences)]
[Model, Encoder, Input(3), Layer<Gru>(4, Bidirectional = true), Decoder(Handover = Handover.Bridge), OneHot(Vocabulary = 5), Layer<Lstm>(6),
    Attention(AttentionScore.Additive, 5), Layer<Elman>(17), Dense(4, Activation = DenseActivation.Tanh), Dense(5),
    SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class BridgedTranslator;

[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Encoder, OneHot(Vocabulary = 5), Layer<Elman>(7), Dropout(0.3), Decoder(Handover = Handover.None), Input(2),
    Layer<MinimalGatedUnit>(6), Attention(AttentionScore.ScaledDot, 3), Dense(3), MeanSquaredError]
internal sealed partial class Listener;

/// <summary>The softplus of 0, added up, stands behind the last of five numbers, in queries and keys, another sum in each step: no score
/// may see it.</summary>
[Tested(TestTraits.Sequences)]
[Model, Encoder, Input(2), Layer<Rotation>(5), Decoder(Handover = Handover.None), Input(2), Layer<Rotation>(5),
    Attention(AttentionScore.Dot), Dense(3), MeanSquaredError]
internal sealed partial class RotatedListener;

/// <summary>Each step knows where the one before has looked; a cell of two phases and another behind it, of which units are held.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Encoder, OneHot(Vocabulary = 5), Layer<Gru>(6), Decoder(InputFeeding = true, Handover = Handover.Bridge), Input(2), Dropout(0.2),
    Layer<GruResetBefore>(7), Layer<Lstm>(6, Zoneout = 0.2), Attention(AttentionScore.Additive, 4)]
[Dense(5, Activation = DenseActivation.Tanh), Dropout(0.1), Dense(3), MeanSquaredError]
internal sealed partial class FedListener;

/// <summary>The paper's: dot products, and what is fed is what the outputs are made of.</summary>
[Tested(TestTraits.Sequences)]
[Model, Encoder, Embedding(Vocabulary = 4, Size = 3), Layer<Lstm>(4), Decoder(InputFeeding = true), Embedding(Vocabulary = 4, Size = 3),
    Layer<Lstm>(4), Attention(AttentionScore.Dot), Dense(18, Activation = DenseActivation.Tanh), Dense(4), SoftmaxCrossEntropy]
internal sealed partial class FedTranslator;

/// <summary>Nobody reads what the encoder puts out: all that the decoder knows is its last state.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Encoder, OneHot(Vocabulary = 5), Layer<Gru>(6, InitialState = InitialState.Learned, RecurrentDropout = 0.3), Decoder,
    OneHot(Vocabulary = 4), Layer<Gru>(6, RecurrentDropout = 0.4), Dense(4), SoftmaxCrossEntropy]
internal sealed partial class PlainTranslator;

/// <summary>Layers whose units workers share, behind a source that no recurrent layer reads.</summary>
[Model, Encoder, OneHot(Vocabulary = 12), Scale(0.5), Layer<Gru>(272), Decoder, OneHot(Vocabulary = 9), Layer<Gru>(272),
    Attention(AttentionScore.Dot), Dense(9), SoftmaxCrossEntropy]
internal sealed partial class WideTranslator;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Condition(4, ConditionTarget.State), Layer<Lstm>(5), Layer<Gru>(6), Dense(2), MeanSquaredError]
internal sealed partial class StyledMelody;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 6, Size = 3), Condition(4, ConditionTarget.FirstInput), Layer<Gru>(5), Dense(6), SoftmaxCrossEntropy]
internal sealed partial class Caption;

/// <summary>Few tokens, so that all sequences can be counted.</summary>
[Model, Encoder, Embedding(Vocabulary = 4, Size = 3), Layer<Lstm>(4), Decoder, Embedding(Vocabulary = 4, Size = 3), Layer<Lstm>(4),
    Attention(AttentionScore.Dot), Dense(4), SoftmaxCrossEntropy]
internal sealed partial class BeamTranslator;
