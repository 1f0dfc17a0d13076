using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Matrix;

/// <inheritdoc cref="IFeatures"/>
internal sealed class Features<TModel> : GradientFeatures<TModel>, IFeatures
    where TModel : class, IModel<TModel>
{
    private const int Equal = 6, EqualSource = 4;

    public bool Generates => Info.OutputDomain == TimeDomain.Main
        && !Info.Layers.Any(l => l.Wiring is { Domain: TimeDomain.Main, Operation: LayerOperation.Reverse });

    public void Session_steps_blocks_and_predictions_are_the_same_bits(WeightFormat weights)
    {
        const int steps = 70;
        var (model, batch) = (Create(), Batch([steps, steps, steps], [1, 1, 1], 1));
        var whole = batch.TimeMajor();
        var expected = new float[steps * 3 * Info.OutputSize];
        using var session = new Session<TModel>(model, new() { BatchSize = 3, Weights = weights, Threads = 2 });
        Run(session, whole, 0, steps, expected);
        session.Reset();
        var y = new float[expected.Length];
        for (var t = 0; t < steps; t++)
            Run(session, whole, t, 1, y.AsSpan(t * 3 * Info.OutputSize, 3 * Info.OutputSize));
        Assert.Equal(expected, y);

        if (Info.OutputDomain == TimeDomain.Main)
        {
            using var predictor = new Predictor<TModel>(model, new() { BatchSize = 3, SequenceLength = steps, Weights = weights });
            predictor.Run(whole.Input, y);
            Assert.Equal(expected, y);
        }

        // A single row reads pairs of rounded weights, a batch reads floats with the same values.
        using var alone = new Session<TModel>(model, new() { Weights = weights });
        var one = batch.Select(1).TimeMajor();
        var single = new float[steps * Info.OutputSize];
        Run(alone, one, 0, steps, single);
        for (var t = 0; t < steps; t++)
            Assert.Equal(
                expected.AsSpan(((t * 3) + 1) * Info.OutputSize, Info.OutputSize), single.AsSpan(t * Info.OutputSize, Info.OutputSize));
    }

    public void Units_split_over_threads_are_the_same_bits()
    {
        const int steps = 37;
        var (model, batch) = (Create(), Batch([steps, steps], [1, 1], 2).TimeMajor());
        var (expected, y) = (new float[steps * 2 * Info.OutputSize], new float[steps * 2 * Info.OutputSize]);
        using var session = new Session<TModel>(model, new() { BatchSize = 2, Threads = 1 });
        Run(session, batch, 0, steps, expected);
        var sizes = new RunSizes { Batch = 2, Steps = steps, Workers = 3, SplitsUnits = true, IsStream = true };
        using var split = new StreamRun(model.Store.Core, sizes);
        unsafe
        {
            fixed (float* x = batch.X, to = y)
            fixed (int* tokens = batch.Tokens)
            {
                // A block, and then step by step: from the second one on, kernels find their arguments as they were.
                split.Steps(x, tokens, to, 2, 20);
                for (var t = 20; t < steps; t++)
                {
                    split.Steps(
                        x == null ? null : x + (t * 2 * Info.VectorSize), tokens == null ? null : tokens + (t * 2 * Info.TokenCount),
                        to + (t * 2 * Info.OutputSize), 2, 1);
                }
            }
        }

        Assert.Equal(expected, y);
    }

    public void A_generator_gives_the_bits_of_a_prediction()
    {
        var lengths = Enumerable.Repeat(Equal, Ragged.Length).ToArray();
        var (model, batch) = (Create(), StructuredBatch.Random(Info, lengths, RaggedSources, 3, masks: false));
        var (expected, size) = (Predict(model, batch, new() { Threads = 1 }), Info.OutputSize);
        foreach (var threads in (int[])[1, 3])
        {
            var options = new RunOptions { BatchSize = Ragged.Length + 1, SourceLength = 9, Threads = threads };
            using var generator = new SequenceGenerator<TModel>(model, options);
            var input = batch.Input;
            generator.Start(
                new SequenceBatch
                {
                    Condition = input.Condition,
                    SourceX = input.SourceX,
                    SourceTokens = input.SourceTokens,
                    SourceLengths = input.SourceLengths,
                },
                Ragged.Length);
            for (var t = 0; t < Equal; t++)
            {
                var y = new float[Ragged.Length * size];
                var rows = Enumerable.Range(0, Ragged.Length).Select(b => (b * Equal) + t).ToArray();
                float[] x = [.. rows.SelectMany(at => batch.X.AsSpan(at * Info.VectorSize, Info.VectorSize).ToArray())];
                int[] tokens = [.. rows.SelectMany(at => batch.Tokens.AsSpan(at * Info.TokenCount, Info.TokenCount).ToArray())];
                if (x.Length > 0 && tokens.Length > 0)
                    generator.Step(x, tokens, y);
                else if (x.Length > 0)
                    generator.Step(x, y);
                else
                    generator.Step(tokens, y);
                for (var b = 0; b < rows.Length; b++)
                    Assert.Equal(expected.AsSpan(rows[b] * size, size), y.AsSpan(b * size, size));
            }
        }
    }

    public void A_ragged_batch_has_the_bits_of_its_sequences_alone()
    {
        var (model, batch) = (Create(), Batch(Ragged, RaggedSources, 4));
        foreach (var threads in (int[])[1, 2, 3])
        {
            var y = Predict(model, batch, new() { Threads = threads });
            var alone =
                Enumerable.Range(0, Ragged.Length).SelectMany(b => Predict(model, batch.Select(b), new() { Threads = 1 })).ToArray();
            Assert.Equal(alone, y);
        }
    }

    public void Groups_of_sequences_have_the_bits_of_the_batch()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 5));
        Assert.Equal(Predict(model, batch, new()), Predict(model, batch, new() { MaxPositions = 12 }));
        Assert.Equal(Evaluate(model, batch, new()), Evaluate(model, batch, new() { MaxPositions = 12 }));
        var (whole, groups) = (Accumulate(model, batch, new()), Accumulate(model, batch, new() { MaxPositions = 12 }));
        Assert.Equal(whole.Gradients, groups.Gradients);
        Assert.Equal(whole.Loss, groups.Loss);
    }

    public void A_byte_budget_keeps_the_gradient()
    {
        var (model, batch) = (Create(), StructuredBatch.Random(Info, Ragged, RaggedSources, 6));
        var whole = Accumulate(model, batch, new());
        var needed = whole.MemoryBytes;
        var least = Assert.Throws<ArgumentOutOfRangeException>(() => Accumulate(model, batch, new() { MemoryBytes = 1 }));
        Assert.Contains("MemoryBytes", least.Message, StringComparison.Ordinal);
        var limited = Accumulate(model, batch, new() { MemoryBytes = LeastOf(least.Message) });
        Assert.True(limited.MemoryBytes <= needed);

        // Groups of sequences leave the bits alone; a single sequence that does not fit is cut in time, and its sums end otherwise in their
        // last bits.
        AssertClose(whole.Gradients, limited.Gradients, LayerStep.CanCarry(Info) ? 1e-5f : 0);
    }

    public void A_window_goes_on_where_the_last_one_stopped()
    {
        var batch = Batch([2 * Equal, 2 * Equal, 2 * Equal], [EqualSource, EqualSource, EqualSource], 7).TimeMajor();
        if (!LayerStep.CanCarry(Info))
        {
            return;
        }

        // The loss of two windows is that of the whole, if nothing is drawn: measured by an evaluator, which has states of its own.
        var model = Create();
        using var evaluator = new Evaluator<TModel>(model, new() { BatchSize = 3, SequenceLength = 2 * Equal });
        var whole = evaluator.LossSum(InputsOf(batch, 0, 2 * Equal, 3), TargetsOf(batch, 0, 2 * Equal, 3));
        evaluator.ResetState();
        var first = evaluator.LossSum(InputsOf(batch, 0, Equal, 3), TargetsOf(batch, 0, Equal, 3));
        var second = evaluator.LossSum(InputsOf(batch, Equal, Equal, 3), TargetsOf(batch, Equal, Equal, 3));
        Assert.Equal(whole, first + second, 1e-9 * Math.Abs(whole));

        // A trainer that is saved between two windows and restored goes on with the same bits.
        var folder = Directory.CreateTempSubdirectory("fastrnn-test-").FullName;
        try
        {
            var path = Path.Combine(folder, "checkpoint.safetensors");
            var (one, two) = (Create(), Create());
            var options = new TrainerOptions { BatchSize = 3, SequenceLength = Equal, Seed = 3, Optimizer = new Sgd(0.05f) };
            using var trainer = new Trainer<TModel>(one, options);
            trainer.Step(InputsOf(batch, 0, Equal, 3), TargetsOf(batch, 0, Equal, 3));
            trainer.Save(path);
            trainer.Step(InputsOf(batch, Equal, Equal, 3), TargetsOf(batch, Equal, Equal, 3));
            using var other = new Trainer<TModel>(two, options with { Optimizer = new Sgd(0.05f) });
            other.Restore(path);
            other.Step(InputsOf(batch, Equal, Equal, 3), TargetsOf(batch, Equal, Equal, 3));
            Assert.Equal(one.Store.Parameters, two.Store.Parameters);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
