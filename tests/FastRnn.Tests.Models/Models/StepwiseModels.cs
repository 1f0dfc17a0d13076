using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>What is added to a signal, from a signal of another loudness.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(3), Scale(0.5), Layer<Lstm>(7), Dense(2), Skip, MeanSquaredError]
internal sealed partial class ScaledSkip;

/// <summary>Functions, factors and skips between layers of several kinds, the input read by three of them.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(18), Activation(DenseActivation.Tanh), Layer<Gru>(17), Activation(DenseActivation.Softplus), Scale(-1.5), Skip,
    Layer<Elman>(6), Skip, Activation(DenseActivation.Sigmoid), Dense(3), Skip, Scale(0.25), MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class ActivatedStack;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Embedding(Vocabulary = 6, Size = 5), Activation(DenseActivation.LeakyRelu), Layer<Gru>(7), Activation(DenseActivation.HardTanh),
    Pool(Pooling.Mean), Dense(6, Activation = DenseActivation.LeakyRelu), Activation(DenseActivation.HardSigmoid), Dense(4), Scale(2),
    SoftmaxCrossEntropy]
internal sealed partial class PiecewiseOpinion;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Layer<Lstm>(5, Backward = true), Layer<Gru>(4), Layer<Gru>(17, Backward = true, RecurrentDropout = 0), MeanSquaredError]
internal sealed partial class BackwardStack;

[Tested(TestTraits.Sequences)]
[Model, OneHot(Vocabulary = 5), Layer<Gru>(6, Backward = true, InitialState = InitialState.Learned), Pool(Pooling.Last), Dense(4),
    SoftmaxCrossEntropy]
internal sealed partial class LastOfBackward;

/// <summary>The encoder reads from the end and hands over where it arrives (Sutskever et al. 2014).</summary>
[Tested(TestTraits.Sequences)]
[Model, Encoder, Input(4), Layer<Gru>(4, Backward = true), Skip, Decoder, Input(3), Scale(2), Layer<Gru>(4), Attention(AttentionScore.Dot),
    Activation(DenseActivation.Tanh), Dense(3), Skip, MeanSquaredError]
internal sealed partial class BackwardTranslator;

// Every activation by a dense layer, and by itself.
[Model, Input(3), Dense(4, Activation = DenseActivation.Sigmoid), Dense(17, Activation = DenseActivation.Tanh),
    Dense(5, Activation = DenseActivation.Softplus), Dense(4, Activation = DenseActivation.LeakyRelu),
    Dense(18, Activation = DenseActivation.HardTanh), Dense(6, Activation = DenseActivation.HardSigmoid),
    Dense(33, Activation = DenseActivation.Relu)]
internal sealed partial class ActivatedInside;

[Model, Input(3), Dense(4), Activation(DenseActivation.Sigmoid), Dense(17), Activation(DenseActivation.Tanh), Dense(5),
    Activation(DenseActivation.Softplus), Dense(4), Activation(DenseActivation.LeakyRelu), Dense(18),
    Activation(DenseActivation.HardTanh), Dense(6), Activation(DenseActivation.HardSigmoid), Dense(33), Activation(DenseActivation.Relu)]
internal sealed partial class ActivatedBehind;

// Normalised outputs of what is no dense layer, and the numbers before it.
[Model, Input(5), Layer<Elman>(4), Skip]
internal sealed partial class SkippedLogits;

[Model, Input(5), Layer<Elman>(4), Skip, Activation(DenseActivation.Softmax)]
internal sealed partial class SkippedProbabilities;

[Model, Input(5), Layer<Elman>(4)]
internal sealed partial class StateLogits;

[Model, Input(5), Layer<Elman>(4), Activation(DenseActivation.LogSoftmax)]
internal sealed partial class StateLogProbabilities;

/// <summary>Short enough to be computed by hand.</summary>
[Model, Input(3), Scale(0.5), Dense(2, Bias = false), Skip, Scale(-3)]
internal sealed partial class ByHand;

// One direction of two: the second half of the parameters.
[Model, Input(3), Layer<Gru>(4, Bidirectional = true)]
internal sealed partial class BothDirections;

[Model, Input(3), Layer<Gru>(4, Backward = true)]
internal sealed partial class BackwardAlone;

[Model, Input(3), Layer<Gru>(4, Bidirectional = true), Pool(Pooling.Last)]
internal sealed partial class LastOfBothDirections;

[Model, Input(3), Layer<Gru>(4, Backward = true), Pool(Pooling.Last)]
internal sealed partial class LastOfBackwardAlone;
