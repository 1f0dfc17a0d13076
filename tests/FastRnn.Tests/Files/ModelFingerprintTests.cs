using FastRnn.Cells;
using FastRnn.CompilerServices;
using FastRnn.Files;
using FastRnn.Kernels;
using FastRnn.Language;

namespace FastRnn.Tests.Files;

public sealed partial class ModelFingerprintTests
{
    [Fact]
    public void What_only_training_knows_makes_no_other_model() =>
        Assert.Equal(ModelFingerprint.Of(Plain.Info), ModelFingerprint.Of(Dropped.Info));

    [Fact]
    public void Dropout_in_a_graph_does_not_move_what_layers_read() =>
        Assert.Equal(ModelFingerprint.Of(Listener.Info), ModelFingerprint.Of(DroppedListener.Info));

    [Theory]
    [InlineData("start")]
    [InlineData("rate")]
    [InlineData("source")]
    public void Layers_wired_otherwise_compute_something_else(string what)
    {
        var layers = Listener.Info.Layers.ToList();
        var (kernel, attention) = (layers.FindIndex(l => l.Wiring.Starts.Any(s => s.Kind == StartKind.LastState)),
            layers.FindIndex(l => l.Wiring.Operation == LayerOperation.DotAttention));
        var changed = what == "start" ? kernel : attention;
        layers[changed] = layers[changed] with
        {
            Wiring = what switch
            {
                "start" => layers[changed].Wiring with { Starts = [new(StartKind.Zero)] },
                "rate" => layers[changed].Wiring with { Rate = 0.5f },
                _ => layers[changed].Wiring with { Sources = [kernel, 0, kernel] },
            },
        };

        Assert.NotEqual(ModelFingerprint.Of(Listener.Info), ModelFingerprint.Of(Listener.Info with { Layers = layers }));
    }

    [Fact]
    public void Each_model_of_a_shape_of_its_own_has_a_fingerprint_of_its_own()
    {
        ModelInfo[] infos = [Plain.Info, Pooled.Info, PooledMean.Info, Learned.Info, Listener.Info];

        Assert.Distinct(infos.Select(ModelFingerprint.Of));
    }

    [Model, Input(3), Layer<Elman>(4), Dense(2), MeanSquaredError]
    private sealed partial class Plain;

    [Model, Input(3), Dropout(0.1), Layer<Elman>(4, RecurrentDropout = 0.2, InitialState = InitialState.Random), Dropout(0.5), Dense(2),
        MeanSquaredError]
    private sealed partial class Dropped;

    [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Last), Dense(2), MeanSquaredError]
    private sealed partial class Pooled;

    [Model, Input(3), Layer<Elman>(4), Pool(Pooling.Mean), Dense(2), MeanSquaredError]
    private sealed partial class PooledMean;

    [Model, Input(3), Layer<Elman>(4, InitialState = InitialState.Learned), Dense(2), MeanSquaredError]
    private sealed partial class Learned;

    [Model, Encoder, Input(3), Layer<Elman>(4), Decoder, Input(2), Layer<Elman>(4), Attention(AttentionScore.Dot), Dense(2),
        MeanSquaredError]
    private sealed partial class Listener;

    [Model, Encoder, Input(3), Dropout(0.5), Layer<Elman>(4), Dropout(0.5), Decoder, Input(2), Layer<Elman>(4), Dropout(0.5),
        Attention(AttentionScore.Dot), Dropout(0.5), Dense(2), MeanSquaredError]
    private sealed partial class DroppedListener;
}
