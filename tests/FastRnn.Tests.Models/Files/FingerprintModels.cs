using FastRnn.Cells;

namespace FastRnn.Tests.Files;

/// <summary>Models that differ in one thing each.</summary>
internal static partial class FingerprintModels
{
    [Model, Input(3), Layer<Elman>(4), Dense(2), MeanSquaredError]
    internal sealed partial class Plain;

    [Model, Input(3), Dropout(0.1), Layer<Elman>(4, RecurrentDropout = 0.2, InitialState = InitialState.Random), Dropout(0.5), Dense(2),
        MeanSquaredError]
    internal sealed partial class Dropped;

    [Model, Input(3), Layer<Elman>(4, Zoneout = 0.1), Dense(2), MeanSquaredError]
    internal sealed partial class Held;

    [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Last), Dense(2), MeanSquaredError]
    internal sealed partial class Pooled;

    [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Mean), Dense(2), MeanSquaredError]
    internal sealed partial class PooledMean;

    [Model, Input(3), Layer<Elman>(4, InitialState = InitialState.Learned), Dense(2), MeanSquaredError]
    internal sealed partial class Learned;

    [Model, Encoder, Input(3), Layer<Elman>(4), Decoder, Input(2), Layer<Elman>(4), Attention(AttentionScore.Dot), Dense(2),
        MeanSquaredError]
    internal sealed partial class Listener;

    [Model, Encoder, Input(3), Dropout(0.5), Layer<Elman>(4), Dropout(0.5), Decoder, Input(2), Layer<Elman>(4), Dropout(0.5),
        Attention(AttentionScore.Dot), Dropout(0.5), Dense(2), MeanSquaredError]
    internal sealed partial class DroppedListener;
}
