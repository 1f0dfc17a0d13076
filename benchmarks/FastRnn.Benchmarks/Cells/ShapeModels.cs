using FastRnn.Cells;

namespace FastRnn.Benchmarks.Cells;

// What the shapes of a model cost, beside the plain LSTM of the same size.

[Model, Input(64), Layer<Lstm>(128), Dropout(0.2), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithDropout;

[Model, Input(64), Layer<Lstm>(128, RecurrentDropout = 0.2), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithRecurrentDropout;

[Model, Input(64), Layer<Lstm>(128, Zoneout = 0.1), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithZoneout;

[Model, Input(64), Layer<Lstm>(128, Bidirectional = true), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class InBothDirections;

[Model, Input(64), Layer<Lstm>(128), Pool(Pooling.Last), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithOneOutput;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder, Input(64), Layer<Lstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class EncoderAndDecoder;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder, Input(64), Layer<Lstm>(128), Attention(AttentionScore.Dot)]
[Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithDotAttention;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder, Input(64), Layer<Lstm>(128), Attention(AttentionScore.Additive, 64)]
[Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithAdditiveAttention;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder, Input(64), Layer<Lstm>(128), Attention(AttentionScore.Dot)]
[Dense(64, Activation = DenseActivation.Tanh), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithAttentionalState;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder(InputFeeding = true), Input(64), Layer<Lstm>(128), Attention(AttentionScore.Dot)]
[Dense(64, Activation = DenseActivation.Tanh), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithInputFeeding;
