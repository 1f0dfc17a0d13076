using FastRnn.Testing;
using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>A sequence whose tape does not fit a budget: the forward pass is computed twice, the gradient is the same one.</summary>
public sealed class RecomputationTests
{
    private const int Steps = 40;
    private const int Batch = 3;

    private readonly StructuredBatch batch =
        StructuredBatch.Random(EmbeddedTextMean.Info, [.. Enumerable.Repeat(Steps, Batch)], [], seed: 5, masks: false).TimeMajor();

    [Fact]
    public void The_gradient_is_that_of_the_equations_for_any_budget()
    {
        var parameters = Experiment.RandomParameters(EmbeddedTextMean.Info, new Random(6));
        var oracle = new StructuredOracle(
            StructuredBatch.Random(EmbeddedTextMean.Info, batch.Lengths, [], seed: 5, masks: false), parameters, draws: null);
        var probes = Probe.Of(oracle, effort: 4_000, FiniteDifferences.DefaultStep, seed: 7);
        var loss = oracle.Loss(oracle.Point);
        foreach (var budget in Budgets())
        {
            using var trainer = Trainer(budget, parameters, threads: 2);
            var result = trainer.Step(batch.Tokens, batch.TargetTokens);
            Assert.Equal(loss, result.Loss, oracle.ForwardBound * (loss + 1));
            GradientCheck.Gradients(probes, trainer.Gradients.ToArray(), 2 * oracle.ForwardBound, 1e-15 / FiniteDifferences.DefaultStep);
        }
    }

    [Fact]
    public void States_and_bits_do_not_depend_on_threads_and_the_stream_goes_on()
    {
        var parameters = Experiment.RandomParameters(EmbeddedTextMean.Info, new Random(8));
        var budget = Budgets().Last();
        var alone = After(budget, parameters, threads: 1);
        Assert.Equal(alone, After(budget, parameters, threads: 2));
        Assert.Equal(alone, After(budget, parameters, threads: 4));
        var whole = After(0, parameters, threads: 2);
        Assert.Equal(whole.Length, alone.Length);
        Assert.All(whole.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Memory_stays_within_the_budget_and_segments_shrink_with_it()
    {
        var segments = new List<int>();
        foreach (var budget in Budgets())
        {
            using var trainer = Trainer(budget, null, threads: 1);
            Assert.InRange(trainer.MemoryBytes, 1, budget);
            segments.Add(trainer.SegmentLength);
        }

        Assert.Equal(segments.OrderDescending(), segments);
        Assert.True(segments[0] < Steps && segments[^1] < segments[0], string.Join(", ", segments));
    }

    [Fact]
    public void A_budget_that_is_too_small_says_what_is_needed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(1000, null, threads: 1));
        Assert.Contains("EmbeddedTextMean needs at least ", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(-1, null, threads: 1));
    }

    [Fact]
    public void Learned_starts_and_dropout_keep_to_a_budget_too() => KeepsTo<LearnedStart>();

    [Fact]
    public void Zoneout_keeps_to_a_budget_too() => KeepsTo<HeldText>();

    private void KeepsTo<TModel>()
        where TModel : class, IModel<TModel>
    {
        var sequences = StructuredBatch.Random(TModel.Info, batch.Lengths, [], seed: 9, masks: false).TimeMajor();
        TrainerOptions options = new() { BatchSize = Batch, SequenceLength = Steps, Threads = 1, Optimizer = new Sgd(0.05f) };
        using var whole = new Trainer<TModel>(TestModel<TModel>.Create(SimdWidth.Auto), options);
        var budget = whole.MemoryBytes * 3 / 4;
        using var limited = new Trainer<TModel>(
            TestModel<TModel>.Create(SimdWidth.Auto), options with { MemoryBytes = budget, Optimizer = new Sgd(0.05f) });
        Assert.InRange(limited.MemoryBytes, 1, budget);
        Assert.InRange(limited.SegmentLength, 1, Steps - 1);
        for (var step = 0; step < 3; step++)
        {
            var (expected, got) =
                (whole.Step(sequences.Tokens, sequences.TargetTokens), limited.Step(sequences.Tokens, sequences.TargetTokens));
            Assert.Equal(expected.Loss, got.Loss, 1e-5 * expected.Loss);
            Assert.Equal(expected.GradientNorm, got.GradientNorm, 1e-4 * expected.GradientNorm);
        }
    }

    /// <summary>Less than everything needs, down to nearly the least.</summary>
    private static long[] Budgets()
    {
        using var whole = Trainer(0, null, threads: 1);
        var step = (whole.MemoryBytes - Least()) / 4;
        return [whole.MemoryBytes - step, whole.MemoryBytes - (2 * step), whole.MemoryBytes - (3 * step)];
    }

    private static long Least()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(1000, null, threads: 2));
        return long.Parse(error.Message.Split("at least ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private float[] After(long budget, float[] parameters, int threads)
    {
        using var trainer = Trainer(budget, parameters, threads);
        for (var step = 0; step < 3; step++)
            trainer.Step(batch.Tokens, batch.TargetTokens);

        // A shorter window ends in the middle of a segment.
        trainer.Step(batch.Tokens.AsSpan(0, 17 * Batch), batch.TargetTokens.AsSpan(0, 17 * Batch));
        return trainer.Model.Parameters.ToArray();
    }

    private static Trainer<EmbeddedTextMean> Trainer(long budget, float[]? parameters, int threads)
    {
        var model = new EmbeddedTextMean(seed: 1);
        if (parameters is not null)
        {
            using (var edit = model.Edit())
                parameters.CopyTo(edit.Parameters);
        }

        return model.CreateTrainer(
            new() { BatchSize = Batch, SequenceLength = Steps, MemoryBytes = budget, Threads = threads, Optimizer = new Sgd(0.05f) });
    }
}
