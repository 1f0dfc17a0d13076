using System.Reflection;

using FastRnn.Compiler.Tests.Declarations;

namespace FastRnn.Compiler.Tests;

/// <summary>A model that is put together in code is the text of a declaration.</summary>
public class ModelSpecTests
{
    [Fact]
    public void It_is_a_text_that_could_be_a_file()
    {
        var spec = new ModelSpec(
            "Tagger", ModelPart.Embedding(11, 5), ModelPart.Layer("Lstm", 12),
            ModelPart.Layer(
                "Gru", 9, new() { Bidirectional = true, RecurrentDropout = 0.25, Zoneout = 0.5, StateZoneout = [0, 0.1] }),
            ModelPart.Dropout(0.1), ModelPart.Dense(11), ModelPart.SoftmaxCrossEntropy());
        Assert.Equal(
            """
            using FastRnn;
            using FastRnn.Cells;
            using FastRnn.Language;
            using FastRnn.Losses;
            using static FastRnn.Language.Functions;

            [Model]
            [Embedding(Vocabulary = 11, Size = 5)]
            [Layer<Lstm>(12)]
            [Layer<Gru>(9, Bidirectional = true, RecurrentDropout = 0.25, Zoneout = 0.5, StateZoneout = new double[] { 0, 0.1 })]
            [Dropout(0.1)]
            [Dense(11, Activation = DenseActivation.Linear, Bias = true)]
            [SoftmaxCrossEntropy(Reduction = Reduction.Sum)]
            public sealed partial class Tagger;

            """,
            spec.ToDeclaration());
        Assert.Equal(spec.ToDeclaration(), spec.ToString());
    }

    [Fact]
    public void A_decoder_says_what_it_feeds_back() => Assert.Equal(
        "Decoder(Handover = Handover.None, InputFeeding = true)", ModelPart.Decoder(Handover.None, inputFeeding: true).ToString());

    [Fact]
    public void Its_model_is_the_declared_one()
    {
        var spec = new ModelSpec(
            "Again", ModelPart.Encoder(), ModelPart.Embedding(10, 6), ModelPart.Layer("Gru", 7, new() { Bidirectional = true }),
            ModelPart.Decoder(Handover.Bridge), ModelPart.Embedding(9, 5), ModelPart.Layer("Gru", 8),
            ModelPart.Attention(AttentionScore.Additive, 4), ModelPart.Dense(8, DenseActivation.Tanh), ModelPart.Dropout(0.1),
            ModelPart.Dense(9), ModelPart.SoftmaxCrossEntropy());
        using var declaration = ModelCompiler.Compile(spec, Texts.NoCache);
        using var compiled = declaration.Create(4);
        using var declared = new Translate(4);
        Texts.SameBits(declared.Parameters, compiled.Parameters);
        using var actual = compiled.CreateTrainer(Options());
        using var expected = declared.CreateTrainer(Options());
        var batch = Batches.Of(declaration.Info);
        Assert.Equal(expected.Step(in batch), actual.Step(in batch));
        Texts.SameBits(declared.Parameters, compiled.Parameters);

        static Training.TrainerOptions Options() => new()
        {
            BatchSize = Batches.Sequences,
            SequenceLength = Batches.MaxSteps,
            SourceLength = Batches.MaxSource,
        };
    }

    [Fact]
    public void Every_part_compiles()
    {
        ModelSpec[] specs =
        [
            new("A", ModelPart.Input(3), ModelPart.Scale(-1.5e-7), ModelPart.Layer("FastRnn.Cells.Elman", 3, new() { Backward = true }),
                ModelPart.Skip(), ModelPart.Activation(DenseActivation.Relu), ModelPart.Pool(Pooling.Max), ModelPart.Dense(2, bias: false),
                ModelPart.SigmoidBinaryCrossEntropy(Reduction.Mean)),
            new("B", ModelPart.OneHot(4), ModelPart.Condition(3, ConditionTarget.State), ModelPart.Layer("Irnn", 5),
                ModelPart.Dense(4), ModelPart.SoftmaxCrossEntropy(), ModelPart.PyTorchInitialization()),
            new("C", ModelPart.Input(3),
                ModelPart.Layer("ProjectedLstm", 6, new() { Dimensions = [4], InitialState = InitialState.Random, InitialScale = 0.2 }),
                ModelPart.MeanSquaredError()),
            new("D", ModelPart.Input(2), ModelPart.Layer("Gru", 3), ModelPart.Dense(4),
                ModelPart.Quantile([0.1, 0.9], Reduction.Mean)),
            new("E", ModelPart.Input(2), ModelPart.Layer("Gru", 3), ModelPart.Huber(0.5)),
            new("F", ModelPart.Input(2), ModelPart.Layer("Gru", 3), ModelPart.MeanAbsoluteError()),
            new("G", ModelPart.Input(2), ModelPart.Layer("Gru", 4), ModelPart.Loss("GaussianLikelihood", Reduction.Mean)),
            new("H", ModelPart.Input(2), ModelPart.Layer("Gru", 4), ModelPart.Loss(typeof(Losses.LogCosh))),
            new("J", ModelPart.Input(2), ModelPart.Layer("Gru", 4), ModelPart.Ctc(zeroInfinity: true, Reduction.Mean)),
            new("I", ModelPart.Input(2), ModelPart.Layer("Gru", 4), ModelPart.Loss("Own"))
            {
                Cells = "[Loss] public sealed partial class Own "
                    + "{ public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Abs(z - y)); }",
            },
            new("G", ModelPart.Input(2), ModelPart.Layer("Gru", 3), ModelPart.SoftmaxCrossEntropy(Reduction.Mean, labelSmoothing: 0.1)),
        ];
        Assert.All(specs, spec =>
        {
            using var declaration = ModelCompiler.Compile(spec, Texts.NoCache);
            Assert.Equal(spec.Name, declaration.Info.Name);
        });
    }

    [Fact]
    public void There_is_a_part_for_every_attribute_of_a_model()
    {
        string[] others = ["Model", "Cell", "StoredTensor", "Weights"];
        var attributes = typeof(ModelAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "FastRnn" && type.IsSubclassOf(typeof(Attribute)))
            .Where(type => type.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn.HasFlag(AttributeTargets.Class))
            .Select(type => type.Name.Split('`')[0][..^"Attribute".Length]);
        var parts = typeof(ModelPart).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name);
        Assert.Empty(attributes.Except(others).Except(parts));
    }

    [Fact]
    public void A_cell_is_a_class_of_this_program_or_a_text()
    {
        using var own = Texts.Compile<OwnCell>();
        using var byClass = ModelCompiler.Compile(
            new ModelSpec(
                "OwnCell", ModelPart.Input(4), ModelPart.Layer(typeof(Narrow), 10, new() { Dimensions = [3] }), ModelPart.Dense(2),
                ModelPart.SigmoidBinaryCrossEntropy()),
            Texts.NoCache);
        using var byText = ModelCompiler.Compile(
            new ModelSpec("Mine", ModelPart.Input(4), ModelPart.Layer("Leaky", 6), ModelPart.MeanSquaredError())
            {
                Cells = """
                    [Cell]
                    public sealed partial class Leaky
                    {
                        private readonly Mat<Hidden, Input> W;

                        public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => 0.5 * h + Tanh(W * x);
                    }
                    """,
            },
            Texts.NoCache);
        using CompiledModel expected = own.Create(2), actual = byClass.Create(2), mine = byText.Create();
        Texts.SameBits(expected.Parameters, actual.Parameters);
        var (y, other) = (new float[4], new float[4]);
        expected.CreateSession().Run(Texts.Numbers(8), y);
        actual.CreateSession().Run(Texts.Numbers(8), other);
        Texts.SameBits(y, other);
        mine.CreateSession().Step([1f, 2f, 3f, 4f], new float[6]);
    }

    [Fact]
    public void Sizes_are_refused_by_the_generator_at_their_line()
    {
        var spec = new ModelSpec("Net", ModelPart.Input(3), ModelPart.Layer("Lstm", 0), ModelPart.MeanSquaredError());
        Assert.False(ModelCompiler.TryCompile(spec, Texts.NoCache, out _, out var diagnostics));
        Assert.Equal(9, Assert.Single(diagnostics).Line);
        Assert.StartsWith("[Layer<Lstm>(0)]", spec.ToDeclaration().Split('\n')[8], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("A; class B")]
    [InlineData("Lstm>(3)]//")]
    [InlineData("A..B")]
    public void Names_are_names(string name)
    {
        Assert.Throws<ArgumentException>(() => new ModelSpec(name));
        Assert.Throws<ArgumentException>(() => ModelPart.Layer(name, 3));
    }

    [Fact]
    public void Careless_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ModelSpec("A.B"));
        Assert.Contains("\"Lstm\" is a class of FastRnn", Assert.Throws<ArgumentException>(() => new ModelSpec("Lstm")).Message);
        Assert.Throws<ArgumentException>(() => new ModelSpec("Reduction"));
        var none = Texts.NoCache with { References = null! };
        Assert.Throws<ArgumentNullException>(() => ModelCompiler.Compile(new ModelSpec("A", ModelPart.Input(1)), none));
        Assert.Throws<ArgumentNullException>(() =>
            ModelCompiler.Compile(new ModelSpec("A", ModelPart.Input(1)), none with { References = [null!] }));
        Assert.Throws<ArgumentException>(() => new ModelSpec("A", ModelPart.Input(1), null!));
        Assert.Throws<ArgumentNullException>(() => new ModelSpec("A") { Cells = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelPart.Dropout(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelPart.Pool((Pooling)17));
        Assert.Throws<ArgumentException>(() => ModelPart.Layer(typeof(List<int>), 3));
        Assert.Throws<ArgumentNullException>(() => ModelPart.Layer((Type)null!, 3));
    }

    /// <summary>Whatever a configuration calls them.</summary>
    [Fact]
    public void Words_of_the_language_are_names()
    {
        var spec = new ModelSpec("class", ModelPart.Input(3), ModelPart.Layer("default", 2), ModelPart.MeanSquaredError())
        {
            Cells = """
                [Cell]
                public sealed partial class @default
                {
                    private readonly Mat<Hidden, Input> W;

                    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => 0.5 * h + Tanh(W * x);
                }
                """,
        };
        using var declaration = ModelCompiler.Compile(spec, Texts.NoCache);
        Assert.EndsWith("class", declaration.Info.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_texts_are_equal()
    {
        var one = new ModelSpec("A", ModelPart.Input(1), ModelPart.Dense(2), ModelPart.MeanSquaredError());
        var two = new ModelSpec("A", [.. one.Parts]);
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, two with { Cells = "class B;" });
    }
}
