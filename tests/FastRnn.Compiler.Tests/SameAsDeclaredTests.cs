using FastRnn.CompilerServices;
using FastRnn.Compiler.Tests.Declarations;
using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Training;

namespace FastRnn.Compiler.Tests;

/// <summary>What is compiled at run time is the declared model, bit for bit: every kind of part, every use.</summary>
public class SameAsDeclaredTests
{
    private static readonly RunOptions Sizes = new()
    {
        BatchSize = Batches.Sequences,
        SequenceLength = Batches.MaxSteps,
        SourceLength = Batches.MaxSource,
        Threads = 2,
    };

    [Fact]
    public void A_chain_with_an_embedding() => IsTheSame<Chain>();

    [Fact]
    public void One_hot_tokens() => IsTheSame<Tokens>();

    [Fact]
    public void Layers_in_both_directions_and_one_output_of_a_sequence() => IsTheSame<BothWays>();

    [Fact]
    public void Encoder_and_decoder_with_attention() => IsTheSame<Translate>();

    [Fact]
    public void A_cell_that_stands_beside_the_model() => IsTheSame<OwnCell>();

    [Fact]
    public void A_start_from_a_vector() => IsTheSame<Picture>();

    [Fact]
    public void Attention_weights()
    {
        using var declaration = Texts.Compile<Translate>();
        using var compiled = declaration.Create(1);
        using var declared = new Translate(1);
        using var actual = compiled.CreatePredictor(Sizes);
        using var expected = declared.CreatePredictor(Sizes);
        var batch = Batches.Of(declaration.Info);
        var y = new float[Batches.Outputs(declaration.Info)];
        actual.Run(in batch, y);
        expected.Run(in batch, y);
        var (some, other) = (new float[5 * 3], new float[5 * 3]);
        actual.GetAttention(0, some);
        expected.GetAttention(0, other);
        Texts.SameBits(other, some);
    }

    [Fact]
    public void Generated_sequences()
    {
        using var declaration = Texts.Compile<Picture>();
        using var compiled = declaration.Create(3);
        using var declared = new Picture(3);
        using var actual = compiled.CreateGenerator(new() { BatchSize = 2 });
        using var expected = declared.CreateGenerator(new() { BatchSize = 2 });
        var start = new SequenceBatch { Condition = Texts.Numbers(10) };
        var (tokens, others, lengths, otherLengths) = (new int[2 * 9], new int[2 * 9], new int[2], new int[2]);
        actual.Start(in start, 2);
        actual.Generate(0, 1, tokens, lengths, new Sampler(8, seed: 4));
        expected.Start(in start, 2);
        expected.Generate(0, 1, others, otherLengths, new Sampler(8, seed: 4));
        Assert.Equal(others, tokens);
        Assert.Equal(otherLengths, lengths);
        Assert.Contains(tokens, token => token != 0);
        Assert.Equal(2, actual.BatchSize);
    }

    [Fact]
    public void A_training_loop_that_is_killed_and_resumed()
    {
        using var folder = new TemporaryFolder();
        using var declaration = Texts.Compile<Tokens>();
        var text = Texts.Tokens(400, 7);
        var options = new TrainerOptions { BatchSize = 2, SequenceLength = 8, Optimizer = new Adam(1e-2f) };

        using var declared = new Tokens(1);
        using var expected = declared.CreateTrainer(options);
        new TrainingLoop<Tokens>(expected, new ContiguousStreams(text, 2, 8), new() { Steps = 9 }).Run();

        using var first = declaration.Create(1);
        using (var trainer = first.CreateTrainer(options with { Optimizer = new Adam(1e-2f) }))
        {
            var loop = trainer.CreateLoop(
                new ContiguousStreams(text, 2, 8), new() { Steps = 5, CheckpointPath = folder.File("run"), CheckpointEvery = 5 });
            Assert.Equal(TrainingEnd.Finished, loop.Run().End);
        }

        using var second = declaration.Create(7);
        using var resumed = second.CreateTrainer(options with { Optimizer = new Adam(1e-2f) });
        var rest = resumed.CreateLoop(new ContiguousStreams(text, 2, 8), new() { Steps = 9 });
        rest.Resume(folder.File("run"));
        Assert.Equal(9, rest.Run().Steps);
        Texts.SameBits(declared.Parameters, second.Parameters);
    }

    [Fact]
    public void Sizes_that_a_program_learns_when_it_runs()
    {
        foreach (var hidden in new[] { 1, 31, 64 })
        {
            using var declaration = ModelCompiler.Compile(Texts.Small(hidden), Texts.NoCache);
            Assert.Equal(hidden, declaration.Info.Layers[0].HiddenSize);
            using var session = declaration.Create().CreateSession();
            var y = new float[1];
            session.Step([1f, 2f], y);
            Assert.NotEqual(0, y[0]);
        }
    }

    private static void IsTheSame<TModel>()
        where TModel : class, IModel<TModel>
    {
        using var folder = new TemporaryFolder();
        using var declaration = Texts.Compile<TModel>();
        using var compiled = declaration.Create(seed: 5);
        using var declared = TModel.Create(ModelStore<TModel>.Initialize(5, SimdWidth.Auto));
        Assert.Empty(declaration.Diagnostics);
        Assert.False(declaration.IsFromCache);
        Assert.Equal(typeof(TModel).Name, declaration.Info.Name);
        Assert.Equal([declaration.Width], declaration.Info.Widths);
        Assert.Equal(declared.Store.Width, compiled.Width);
        Texts.SameBits(declared.Store.Parameters, compiled.Parameters);

        Training(compiled, declared);
        Inference(compiled, declared);

        // Files go both ways.
        compiled.Save(folder.File("compiled"));
        using var read = TModel.Create(ModelStore<TModel>.Load(folder.File("compiled"), SimdWidth.Auto));
        Texts.SameBits(compiled.Parameters, read.Store.Parameters);
        declared.Store.Save(folder.File("declared"), metadata: null);
        using var back = declaration.Load(folder.File("declared"));
        Texts.SameBits(compiled.Parameters, back.Parameters);
    }

    private static void Training<TModel>(CompiledModel compiled, TModel declared)
        where TModel : class, IModel<TModel>
    {
        TrainerOptions Options() => new()
        {
            BatchSize = Batches.Sequences,
            SequenceLength = Batches.MaxSteps,
            SourceLength = Batches.MaxSource,
            Threads = 2,
            Optimizer = new AdamW(1e-2f),
            ClipNorm = 1,
            Seed = 3,
            CarryState = false,
        };

        using var actual = compiled.CreateTrainer(Options());
        using var expected = new Trainer<TModel>(declared, Options());
        for (var step = 0; step < 3; step++)
        {
            var batch = Batches.Of(TModel.Info, step);
            Assert.Equal(expected.Step(in batch), actual.Step(in batch));
            Texts.SameBits(expected.Gradients, actual.Gradients);
            Texts.SameBits(declared.Store.Parameters, compiled.Parameters);
        }

        var more = Batches.Of(TModel.Info, 9);
        Assert.Equal(expected.Accumulate(in more), actual.Accumulate(in more));
        Assert.Equal(expected.Update(0.5f), actual.Update(0.5f));
        Assert.Equal(
            (expected.StepCount, expected.SegmentLength, expected.MemoryBytes),
            (actual.StepCount, actual.SegmentLength, actual.MemoryBytes));
        Assert.Same(compiled, actual.Model);

        using var evaluator = compiled.CreateEvaluator(Sizes);
        using var other = new Evaluator<TModel>(declared, Sizes);
        Assert.Equal(other.Evaluate(in more), evaluator.Evaluate(in more));
    }

    private static void Inference<TModel>(CompiledModel compiled, TModel declared)
        where TModel : class, IModel<TModel>
    {
        using var actual = compiled.CreatePredictor(Sizes);
        using var expected = new Predictor<TModel>(declared, Sizes);
        var batch = Batches.Of(TModel.Info);
        var (y, other) = (new float[Batches.Outputs(TModel.Info)], new float[Batches.Outputs(TModel.Info)]);
        actual.Run(in batch, y);
        expected.Run(in batch, other);
        Texts.SameBits(other, y);
        Assert.Equal((Batches.Sequences, Batches.MaxSteps), (actual.BatchSize, actual.SequenceLength));
    }
}
