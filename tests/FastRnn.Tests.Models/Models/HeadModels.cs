using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>Heads of three kinds of loss, each with a weight of its own, behind inputs of three kinds.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(4), Embedding(Vocabulary = 6, Size = 3), OneHot(Vocabulary = 3), Layer<Gru>(7)]
[Output("price"), Dense(5, Activation = DenseActivation.Tanh), Dense(3), Huber(Delta = 0.5)]
[Output("kind", Weight = 0.3), Dense(4), SoftmaxCrossEntropy]
[Output("signs", Weight = 2), Dense(2), SigmoidBinaryCrossEntropy]
internal sealed partial class ThreeHeads;

/// <summary>One vector a sequence, two labels and quantiles of two numbers, from several inputs; a mean.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws | TestTraits.Kinks)]
[Model, Embedding(Vocabulary = 6, Size = 3), Input(2), Layer<Lstm>(5), Pool(Pooling.Last)]
[Output("kind", Weight = 0.5), Dropout(0.2), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.1, Reduction = Reduction.Mean)]
[Output("level"), Dense(4), Quantile(0.1, 0.9, Reduction = Reduction.Mean)]
[Output("other", Weight = 1.5), Dense(2), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class PooledHeads;
