using FastRnn.Cells;

namespace FastRnn.Distributed.Tests.Models;

/// <summary>Sequences of many lengths with sources of others, and attention.</summary>
[Model, Encoder, Embedding(Vocabulary = 8, Size = 5), Layer<Gru>(6, Bidirectional = true),
    Decoder(Handover = Handover.Bridge), Embedding(Vocabulary = 8, Size = 5), Layer<Gru>(10), Attention(AttentionScore.Additive, 7),
    Dense(9, Activation = DenseActivation.Tanh), Dropout(0.1), Dense(8), SoftmaxCrossEntropy]
internal sealed partial class PairTranslator;
