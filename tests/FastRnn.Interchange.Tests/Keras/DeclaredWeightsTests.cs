using FastRnn.Compiler;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Running;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>Files of weights alone fill declarations that were written by hand.</summary>
public class DeclaredWeightsTests
{
    private const string OwnCell = """
        [Cell]
        public sealed partial class Own
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U;

            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => Tanh(W * x + U * h);
        }
        """;

    [Theory]
    [InlineData(
        "keras_lstm_dense",
        "Input(4), Layer<Lstm>(6), Layer<Lstm>(5), Pool(Pooling.Last), Dense(3, Activation = DenseActivation.Softmax)")]
    [InlineData("keras_gru_after", "Input(4), Layer<Gru>(6), Dense(2)")]
    [InlineData("keras_gru_before", "Input(4), Layer<GruResetBefore>(6), Pool(Pooling.Last), Dense(2, Activation = DenseActivation.Tanh)")]
    [InlineData("keras_simple_rnn", "Input(4), Layer<ElmanRelu>(6), Dense(1)")]
    [InlineData(
        "keras_bilstm",
        "Input(4), Layer<Lstm>(5, Bidirectional = true), Layer<Gru>(4, Bidirectional = true, Merge = Merge.Sum), "
            + "Pool(Pooling.Last), Dense(2)")]
    [InlineData("keras_no_bias", "Input(4), Layer<Lstm>(6, Backward = true), Dense(2, Bias = false)")]
    public void The_filled_model_is_that_of_Keras(string model, string declaration)
    {
        using var filled = new Filled(KerasData.PathOf(model + ".weights.h5"), declaration);
        var certificate = filled.Foreign.Certify(filled.Model);
        Assert.True(certificate.Passes, string.Join(Environment.NewLine, certificate.Comparisons.Where(c => !c.Passes)));
        Assert.Contains(certificate.Assumptions, a => a.Contains("the file holds numbers only", StringComparison.Ordinal));

        var outputs = new SignatureRun(filled.Foreign.Network.Signature, filled.Model).Run(KerasData.Ports(KerasData.Input(model)));
        Assert.InRange(Certifier.Difference(outputs["0"], KerasData.Output(model)), 0, 2e-6);
    }

    [Fact]
    public void A_bias_that_the_file_has_not_is_zeros_and_told()
    {
        using var filled = new Filled(
            KerasData.PathOf("keras_no_bias.weights.h5"), "Input(4), Layer<Lstm>(6, Backward = true), Dense(2)");
        Assert.True(filled.Foreign.Certify(filled.Model).Passes);
        Assert.Equal(2, filled.Foreign.Assumptions.Count(a => a.Contains("those of the declaration are zeros", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tokens_are_looked_up_in_the_files_table()
    {
        using var filled = new Filled(
            KerasData.PathOf("keras_mask.weights.h5"), "Embedding(Vocabulary = 9, Size = 5), Layer<Lstm>(6), Pool(Pooling.Last), Dense(2)");
        Assert.True(filled.Foreign.Certify(filled.Model).Passes);
    }

    [Theory]
    [InlineData("Input(4), Layer<Own>(6), Layer<PeepholeLstm>(5), Dense(3)", "Filled.Own", "FastRnn.Cells.PeepholeLstm")]
    [InlineData("Input(4), Layer<Lstm>(7), Layer<Lstm>(5), Dense(2)", "expected [4, 28], got [4, 24]", "expected [5, 2], got [5, 3]")]
    [InlineData("Input(4), Layer<Lstm>(6), Dense(3)", "/layers/lstm_1/cell/vars/0", "no layer that is understood has it")]
    [InlineData("Input(4), Layer<Gru>(6), Layer<Lstm>(5), Dense(3)", "layers/gru/cell/vars", "but there is none")]
    [InlineData("Input(4), Layer<Lstm>(6), Layer<Lstm>(4), Skip, Scale(2f), Dense(3)", "Filled has [Skip]", "lstm_l1")]
    [InlineData("Input(4), Layer<Lstm>(6, InitialState = InitialState.Learned), Layer<Lstm>(5), Dense(3)", "are learned", "layer 0")]
    [InlineData("Input(4), Layer<Lstm>(6), Layer<Lstm>(5), Dense(3), Pool(Pooling.Last)", "just behind a recurrent layer", "Filled")]
    public void What_does_not_fit_is_named(string declaration, params string[] expected)
    {
        var message = Assert.Throws<ForeignFileException>(
            () => new Filled(KerasData.PathOf("keras_lstm_dense.weights.h5"), declaration).Dispose()).Message;
        foreach (var text in expected)
            Assert.Contains(text, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keras_lstm_dense.keras", "got no HDF5 file")]
    [InlineData("keras_lstm_dense.h5", "declares its model itself")]
    public void A_file_that_says_it_all_fills_nothing(string file, string expected)
    {
        var message = Assert.Throws<ForeignFileException>(
            () => new Filled(KerasData.PathOf(file), "Input(4), Layer<Lstm>(6), Layer<Lstm>(5), Dense(3)").Dispose()).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private sealed class Filled : IDisposable
    {
        private readonly CompiledModels compiled;

        public Filled(string path, string attributes)
        {
            compiled = ModelCompiler.Compile(
                $$"""
                using FastRnn;
                using FastRnn.Cells;
                using FastRnn.Language;

                using static FastRnn.Language.Functions;

                namespace Filled;

                {{OwnCell}}

                [Model, {{attributes}}]
                public sealed partial class Filled;
                """,
                "Filled.cs");
            Model = Runnable.Create(Assert.Single(compiled.Models));
            Foreign = ForeignNetwork.Open(path, new() { Declared = Model.Info });
            Foreign.Place(Model);
        }

        public IRunnable Model { get; }

        public ForeignNetwork Foreign { get; }

        public void Dispose()
        {
            Model.Dispose();
            compiled.Dispose();
        }
    }
}
