using FastRnn.Cells;

namespace FastRnn.Compiler.Tests.Declarations;

[Model]
[Encoder, Embedding(Vocabulary = 10, Size = 6), Layer<Gru>(7, Bidirectional = true)]
[Decoder(Handover = Handover.Bridge), Embedding(Vocabulary = 9, Size = 5), Layer<Gru>(8)]
[Attention(AttentionScore.Additive, 4), Dense(8, Activation = DenseActivation.Tanh), Dropout(0.1)]
[Dense(9), SoftmaxCrossEntropy]
public sealed partial class Translate;
