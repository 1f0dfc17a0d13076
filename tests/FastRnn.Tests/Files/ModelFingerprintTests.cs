using FastRnn.CompilerServices;
using FastRnn.Files;

using static FastRnn.Tests.Files.FingerprintModels;

namespace FastRnn.Tests.Files;

public sealed class ModelFingerprintTests
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
        ModelInfo[] infos = [Plain.Info, Held.Info, Pooled.Info, PooledMean.Info, Learned.Info, Listener.Info];

        Assert.Distinct(infos.Select(ModelFingerprint.Of));
    }
}
