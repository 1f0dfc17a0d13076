using FastRnn.Generators.Tests.Harness;
using FastRnn.Generators.Weights;

namespace FastRnn.Generators.Tests.Weights;

/// <summary>Files are there that were written long ago: what they say of their model stays as it is.</summary>
public sealed class FingerprintTests
{
    [Theory]
    [InlineData("79ea90ad51300f0d", "Input(3), Layer<Elman>(4), Dense(2)")]
    [InlineData("79ea90ad51300f0d",
        "Input(3), Dropout(0.1), Layer<Elman>(4, RecurrentDropout = 0.2, InitialState = InitialState.Random), Dropout(0.5), Dense(2)")]
    [InlineData("078c7e91a9bb547e", "Input(3), Layer<Lstm>(4), Dense(6, Activation = DenseActivation.Tanh), Layer<Gru>(5), Dense(2)")]
    [InlineData("c4dd48fc8829749e", "OneHot(Vocabulary = 7), Layer<Gru>(4), Layer<Gru>(4), Dense(7, Activation = DenseActivation.Softmax)")]
    [InlineData(
        "64b2373082df7571", "OneHot(Vocabulary = 7), Layer<Gru>(4), Layer<Gru>(4), Dense(7, Activation = DenseActivation.LogSoftmax)")]
    [InlineData("ef19c8e8d91ab495", "Input(3), Layer<Elman>(4), Pool(Pooling.Last), Dense(2)")]
    [InlineData("d2bed2f5fd465174", "Input(3), Layer<Elman>(4, InitialState = InitialState.Learned), Dense(2)")]
    [InlineData("897cbd9e52f9a05d",
        "Encoder, Input(3), Layer<Elman>(4), Decoder, Input(2), Layer<Elman>(4), Attention(AttentionScore.Dot), Dense(2)")]
    public void A_model_keeps_its_fingerprint(string expected, string declaration) =>
        Assert.Equal(
            expected, Fingerprint.Of(Pipeline.Model($"using FastRnn.Cells; [Model, {declaration}] public sealed partial class M;")));
}
