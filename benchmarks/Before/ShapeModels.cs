using FastRnn.Cells;

namespace FastRnn.Before;

// Cells and shapes of models, as the command cells has them.

[Model, Input(64), Layer<Lstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfLstm;

[Model, Input(64), Layer<Gru>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfGru;

[Model, Input(64), Layer<PeepholeLstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfPeepholeLstm;

[Model, Input(64), Layer<LayerNormLstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfLayerNormLstm;

[Model, Input(64), Layer<Lstm>(128), Dropout(0.2), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithDropout;

[Model, Input(64), Layer<Lstm>(128, RecurrentDropout = 0.2), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithRecurrentDropout;

[Model, Input(64), Layer<Lstm>(128, Bidirectional = true), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class InBothDirections;

[Model, Encoder, Input(64), Layer<Lstm>(128), Decoder, Input(64), Layer<Lstm>(128), Attention(AttentionScore.Dot)]
[Dense(32), SoftmaxCrossEntropy]
internal sealed partial class WithAttention;

// Streams of models that are more than a chain.

[Model, Input(1), Layer<Lstm>(16), Dropout(0.2), Dense(1), MeanSquaredError]
internal sealed partial class DroppedStream;

[Model, Input(1), Layer<Gru>(16, RecurrentDropout = 0.2), Dense(1), MeanSquaredError]
internal sealed partial class RecurrentlyDroppedStream;

[Model, Input(40), Layer<Gru>(64), Pool(Pooling.Last), Dense(12), SoftmaxCrossEntropy]
internal sealed partial class PooledStream;

[Model, Input(1), Layer<Lstm>(16, InitialState = InitialState.Learned), Dense(1), MeanSquaredError]
internal sealed partial class LearnedStream;
