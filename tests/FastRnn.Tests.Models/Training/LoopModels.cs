using FastRnn.Cells;

namespace FastRnn.Tests.Training;

[Model, Input(2), Layer<Gru>(6), Pool(Pooling.Mean), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class LoopMovement;

[Model, Encoder, Input(2), Layer<Gru>(6), Decoder, Embedding(Vocabulary = 5, Size = 3), Layer<Gru>(6), Attention(AttentionScore.Dot),
    Dense(5), SoftmaxCrossEntropy]
internal sealed partial class LoopTranslator;

/// <summary>Its dropout draws random numbers, which belong to a run's bits as well.</summary>
[Model, Embedding(Vocabulary = 7, Size = 5), Layer<Lstm>(9), Dropout(0.25), Dense(7), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class LoopText;
