using FastRnn.Cells;
using FastRnn.Kernels;
using FastRnn.Language;

namespace FastRnn.Tests.Before;

// Models of which files of an earlier version exist: neither their attributes nor their names may change.

[Model, Embedding(Vocabulary = 11, Size = 7), Layer<Lstm>(12), Layer<Lstm>(12), Dense(11), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class BeforeText;

[Model, Input(5), Layer<Elman>(9), Layer<Gru>(13), Dense(3), MeanSquaredError]
internal sealed partial class BeforeVectors;

/// <summary>More than a chain, and yet its windows and streams go on.</summary>
[Model, Input(3), Dropout(0.2), Layer<Lstm>(17, RecurrentDropout = 0.3, InitialState = InitialState.Learned), Dropout(0.1)]
[Dense(4), MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class BeforeDropped;

[Model, Embedding(Vocabulary = 9, Size = 5), Layer<Gru>(7, Bidirectional = true), Pool(Pooling.Last), Dense(5), SoftmaxCrossEntropy]
internal sealed partial class BeforeBoth;

[Model, Encoder, Embedding(Vocabulary = 8, Size = 5), Layer<Gru>(8, Bidirectional = true), Decoder(Handover = Handover.Bridge)]
[Embedding(Vocabulary = 9, Size = 4), Layer<Lstm>(10), Attention(AttentionScore.Additive, 5), Dense(7, Activation = DenseActivation.Tanh)]
[Dense(9), SoftmaxCrossEntropy]
internal sealed partial class BeforeTranslator;

[Model, Input(3), Condition(4, ConditionTarget.State), Layer<Lstm>(15), Layer<Gru>(7), Dense(2), MeanSquaredError]
internal sealed partial class BeforeStyled;

[Model, OneHot(Vocabulary = 10), Layer<LayerNormLstm>(11), Layer<PeepholeLstm>(7), Dense(10), SoftmaxCrossEntropy]
internal sealed partial class BeforeOneHot;

[Model, Input(4), Layer<BeforeCell>(14), Dense(3), SigmoidBinaryCrossEntropy]
internal sealed partial class BeforeOwn;

/// <summary>Trained on whole sequences, and served as a stream.</summary>
[Model, Embedding(Vocabulary = 7, Size = 4), Layer<Lstm>(9), Layer<Gru>(8, InitialState = InitialState.Learned), Pool(Pooling.Last)]
[Dense(5, Activation = DenseActivation.Tanh), Dropout(0.3), Dense(3), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class BeforeOpinion;
