using FastRnn.Cells;

namespace FastRnn.Tests.Matrix;

[Model, Encoder, Embedding(Vocabulary = 5, Size = 3), Layer<Gru>(6)]
[Decoder(Handover = Handover.Bridge), Embedding(Vocabulary = 6, Size = 3), Layer<Gru>(6), Attention(AttentionScore.Dot),
    Dense(6, Activation = DenseActivation.Tanh)]
[Layer<Lstm>(6), Attention(AttentionScore.Additive, 4), Dropout(0.2), Dense(6), SoftmaxCrossEntropy]
internal sealed partial class TwoAttentions;

[Model, Input(5), Layer<Lstm>(21, RecurrentDropout = 0.2, InitialState = InitialState.Learned), Dropout(0.3), Layer<Gru>(18), Dropout(0.1)]
[Pool(Pooling.Last), Dense(5), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class DroppedOpinion;

[Model, Input(4), Layer<Lstm>(19), Layer<Elman>(33), Dense(4), MeanSquaredError]
internal sealed partial class PlainStack;
