using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>Every kind of input, the vector in the middle: what the first layer reads is no whole number of vectors.</summary>
[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 7, Size = 4), Input(3), OneHot(Vocabulary = 5), Embedding(Vocabulary = 3, Size = 6)]
[Layer<Gru>(9), Dense(6), SoftmaxCrossEntropy]
internal sealed partial class MixedTagger;

/// <summary>An encoder with a table beside numbers, which reads in both directions, and a decoder of two tokens.</summary>
[Tested(TestTraits.Sequences)]
[Model, Encoder, Input(2), Embedding(Vocabulary = 6, Size = 3), Layer<Gru>(4, Bidirectional = true)]
[Decoder(Handover = Handover.Bridge), Embedding(Vocabulary = 5, Size = 3), Embedding(Vocabulary = 4, Size = 2), Layer<Gru>(5)]
[Attention(AttentionScore.Additive, 3), Dense(5), SoftmaxCrossEntropy]
internal sealed partial class MixedTranslator;

/// <summary>Two tokens a step and nothing else, some numbers of which are dropped.</summary>
[Tested(TestTraits.Sequences | TestTraits.Draws)]
[Model, Embedding(Vocabulary = 5, Size = 3), OneHot(Vocabulary = 4), Dropout(0.2), Layer<Elman>(6), Pool(Pooling.Mean), Dense(2)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class TwoTokens;
