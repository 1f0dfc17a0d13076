using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Testing;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Weights of classes and of positive targets, with everything that a loss meets: masks, ragged batches, both reductions,
/// accumulation, evaluation, segments, threads and widths.</summary>
public sealed class LossWeightTests
{
    public static TheoryData<string> Models =>
    [
        nameof(EmbeddedText), nameof(EmbeddedTextMean), nameof(SmoothedText), nameof(SmoothedTextMean), nameof(PianoRoll),
        nameof(PianoRollMean), nameof(ThreeHeads),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_loss_and_its_gradient_are_those_of_the_equations(string name)
    {
        var (model, batch, parameters) = Case(name);
        var oracle = new StructuredOracle(batch, parameters, model.Draws);
        var probes = Probe.Of(oracle, effort: 4_000, FiniteDifferences.DefaultStep, seed: 32);
        var loss = oracle.Loss(oracle.Point);
        foreach (var width in TestWidths.All)
        {
            var (losses, gradients) = model.Accumulate(parameters, [batch], width);
            Assert.Equal(loss, losses[0], oracle.ForwardBound * (loss + batch.Weights.Sum()));
            Gradients.GradientCheck.Gradients(
                probes, gradients, 2 * oracle.ForwardBound, 1e-15 * Math.Max(loss, 1) / FiniteDifferences.DefaultStep);
        }

        Assert.Equal(loss, model.Evaluate(parameters, batch), oracle.ForwardBound * (loss + batch.Weights.Sum()));
        Assert.NotEqual(loss, model.Evaluate(parameters, batch with { LossWeights = [] }), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Bits_do_not_depend_on_widths_threads_and_room(string name)
    {
        var (model, batch, parameters) = Case(name);
        var (losses, gradients) = model.Accumulate(parameters, [batch], TestWidths.All[0]);
        foreach (var width in TestWidths.All)
        {
            foreach (var threads in (int[])[1, 2, 5])
            {
                var (otherLosses, otherGradients) = model.Accumulate(parameters, [batch], width, threads, room: threads);
                Assert.Equal(losses, otherLosses);
                Bits.AssertSame($"{width}, {threads} threads", gradients, otherGradients);
            }
        }
    }

    /// <summary>A mean is over the weights of all labels, in how many batches they come.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Batches_one_after_the_other_have_the_gradient_of_one(string name)
    {
        var (model, batch, parameters) = Case(name);
        var whole = model.Accumulate(parameters, [batch]).Gradients;
        var parts = model.Accumulate(parameters, [batch.Select(1), batch.Select(0, 2), batch.Select(3, 4, 5)]).Gradients;
        var scale = Bounds.Magnitude(whole);
        Assert.All(whole.Zip(parts), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * scale));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Weights_of_1_change_no_bit(string name)
    {
        var (model, batch, parameters) = Case(name);
        var plain = model.Accumulate(parameters, [batch with { LossWeights = [] }]);
        var ones = model.Accumulate(parameters, [batch with { LossWeights = [.. batch.LossWeights.Select(_ => 1f)] }]);
        Assert.Equal(plain.Losses, ones.Losses);
        Bits.AssertSame("gradients", plain.Gradients, ones.Gradients);
    }

    /// <summary>Smoothed or not: the rest of its target would otherwise be all that a mean is made of, divided by nothing.</summary>
    [Fact]
    public void A_position_whose_label_weighs_nothing_does_not_count()
    {
        var model = new SmoothedTextMean(seed: 1);
        var weights = new float[] { 1, 0, 2, 0, 1, 1, 3 };
        using var trainer = model.CreateTrainer(new() { BatchSize = 1, SequenceLength = 4, ClassWeights = weights });
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 1, SequenceLength = 4, ClassWeights = weights });
        var before = model.Parameters.ToArray();
        var nothing = trainer.Step((int[])[0, 1, 2, 3], (int[])[1, 3, 3, 1]);
        Assert.Equal((0, 0, 0, 0), (nothing.Loss, nothing.LossPerPosition, nothing.GradientNorm, nothing.Weight));
        Assert.Equal(before, model.Parameters.ToArray());

        var all = evaluator.Evaluate(new() { Tokens = [0, 1, 2, 3], TargetTokens = [1, 2, 3, 6] });
        var some = evaluator.Evaluate(new() { Tokens = [0, 1, 2, 3], TargetTokens = [0, 2, 0, 6], Weights = [0, 1, 0, 1] });
        Assert.Equal(5, all.Weight);
        Assert.Equal(some, all);
    }

    /// <summary>The forward pass of a window that is too long is computed twice, the loss in segments.</summary>
    [Fact]
    public void Segments_of_a_window_have_the_gradient_of_the_window()
    {
        const int Steps = 40;
        var (random, weights) = (new Random(7), new float[] { 1, 0, 2, 0.5f, 1, 1, 3 });
        int[] tokens = [.. Enumerable.Range(0, 2 * Steps).Select(_ => random.Next(4))];
        int[] targets = [.. Enumerable.Range(0, 2 * Steps).Select(_ => random.Next(7))];
        (TrainingResult, float[]) Train(long memory)
        {
            var model = new SmoothedTextMean(seed: 1);
            TrainerOptions options = new()
            {
                BatchSize = 2,
                SequenceLength = Steps,
                ClassWeights = weights,
                MemoryBytes = memory,
                Optimizer = new Sgd(1),
                Threads = 2,
            };
            using var trainer = model.CreateTrainer(options);
            Assert.Equal(memory > 0, trainer.SegmentLength < Steps);
            return (trainer.Step(tokens, targets), model.Parameters.ToArray());
        }

        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Train(1000));
        var least = long.Parse(refused.Message.Split("at least ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var (whole, expected) = Train(0);
        var (cut, actual) = Train(least);
        Assert.Equal(whole.Weight, cut.Weight);
        Assert.Equal(whole.Loss, cut.Loss, 1e-6);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void An_inspector_goes_back_from_the_weighted_loss()
    {
        var model = new EmbeddedTextMean(seed: 1);
        RunOptions options = new() { BatchSize = 1, SequenceLength = 3, ClassWeights = [1, 5, 2, 0.5f, 1, 1, 3] };
        using var inspector = new Inspector<EmbeddedTextMean>(model, options);
        using var evaluator = model.CreateEvaluator(options);
        inspector.Forward((int[])[1, 2, 3]);
        var expected = evaluator.Evaluate(new() { Tokens = [1, 2, 3], TargetTokens = [1, 6, 3] }).PerPosition;
        Assert.Equal(expected, inspector.BackwardFromLoss((int[])[1, 6, 3]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        int[] tokens = [0, 1, 2, 3], targets = [1, 2, 3, 6];
        TrainerOptions options = new() { BatchSize = 1, SequenceLength = 4, ClassWeights = [1, 0, 2, 0.5f, 1, 1, 3], Threads = 1 };
        using var texts = new SmoothedTextMean(seed: 1).CreateTrainer(options);
        using var evaluator = new SmoothedTextMean(seed: 1).CreateEvaluator(options);
        AssertNothing(() => texts.Step(tokens, targets));
        AssertNothing(() => evaluator.Evaluate(new() { Tokens = tokens, TargetTokens = targets }));

        var (x, y) = (Experiment.Numbers(new Random(1), 4 * 4, 1), Experiment.Numbers(new Random(2), 4 * 6, 1));
        using var quantiles = new QuantileForecast(seed: 1).CreateTrainer(new() { BatchSize = 1, SequenceLength = 4, Threads = 1 });
        AssertNothing(() => quantiles.Step(x, y));
    }

    [Fact]
    public void Careless_weights_are_refused_at_the_door()
    {
        Refused<EmbeddedTextMean>(
            new() { ClassWeights = [1, 2] }, "ClassWeights: expected one for each of the 7 outputs of EmbeddedTextMean, got 2.");
        Refused<EmbeddedTextMean>(
            new() { ClassWeights = [1, 1, -0.5f, 1, 1, 1, 1] }, "ClassWeights, output 2: expected a finite number from 0 on, got -0.5.");
        Refused<EmbeddedTextMean>(
            new() { ClassWeights = [1, 1, 1, 1, 1, 1, float.NaN] }, "ClassWeights, output 6: expected a finite number from 0 on, got NaN.");
        Refused<EmbeddedTextMean>(new() { ClassWeights = [0, 0, 0, 0, 0, 0, 0] }, "ClassWeights: expected a weight above 0, got none");
        Refused<EmbeddedTextMean>(
            new() { PositiveWeights = [1, 1, 1, 1, 1, 1, 1] },
            "PositiveWeights: expected none, because EmbeddedTextMean is trained with SoftmaxCrossEntropy");
        Refused<PianoRoll>(new() { ClassWeights = [1, 1, 1, 1, 1] }, "ClassWeights: expected none, because PianoRoll is trained with ");
        Refused<PianoRoll>(
            new() { PositiveWeights = [1, 1, 1, 1, float.PositiveInfinity] },
            "PositiveWeights, output 4: expected a finite number from 0 on, got Infinity.");
        Refused<QuantileForecast>(new() { ClassWeights = [1] }, "ClassWeights: expected none");
        Assert.Throws<ArgumentNullException>(() => new EmbeddedText(seed: 1).CreateTrainer(new() { ClassWeights = null! }));
    }

    /// <summary>A change of the list afterwards is none of the trainer.</summary>
    [Fact]
    public void Weights_are_copied()
    {
        var weights = new float[] { 1, 0, 2, 0.5f, 1, 1, 3 };
        using var evaluator = new SmoothedTextMean(seed: 1).CreateEvaluator(
            new() { BatchSize = 1, SequenceLength = 2, ClassWeights = weights });
        var before = evaluator.Evaluate(new() { Tokens = [0, 1], TargetTokens = [1, 2] });
        Array.Fill(weights, float.NaN);
        Assert.Equal(before, evaluator.Evaluate(new() { Tokens = [0, 1], TargetTokens = [1, 2] }));
    }

    /// <summary>Two targets of three quantiles each: six outputs, and six targets would be too many.</summary>
    [Fact]
    public void Targets_of_quantiles_are_fewer_than_outputs()
    {
        Assert.Equal((18, 6), (QuantileForecast.Info.OutputSize, QuantileForecast.Info.TargetSize));
        Assert.Equal(6, SequenceFormat.Of(QuantileForecast.Info).TargetSize);
        Assert.Equal((0, 7), (SmoothedTextMean.Info.TargetSize, SequenceFormat.Of(SmoothedTextMean.Info).TargetVocabulary));
        using var trainer = new QuantileForecast(seed: 1).CreateTrainer(new() { BatchSize = 1, SequenceLength = 1 });
        var wrong = Assert.Throws<ArgumentException>(() => trainer.Step(new float[4], new float[18]));
        Assert.StartsWith("Targets one a position: expected 6 ", wrong.Message, StringComparison.Ordinal);

        var failure = Assert.Throws<NonFiniteLossException>(() => trainer.Step(new float[4], (float[])[0, 0, 0, float.NaN, 0, 0]));
        Assert.Contains("Targets, sequence 0, step 0, element 3 is NaN", failure.Message, StringComparison.Ordinal);
    }

    private static (IStructuredModel Model, StructuredBatch Batch, float[] Parameters) Case(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 30);
        float[] weights = [.. Enumerable.Range(0, model.Info.OutputSize).Select(i => i % 5 * 0.75f)];
        return (model, batch with { LossWeights = weights }, parameters);
    }

    private static void Refused<TModel>(TrainerOptions options, string message)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(SimdWidth.Auto);
        foreach (var make in (Func<IDisposable>[])[() => new Trainer<TModel>(model, options), () => new Evaluator<TModel>(model, options)])
        {
            var failure = Assert.Throws<ArgumentException>(() => { make(); });
            Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertNothing(Action action)
    {
        for (var i = 0; i < 3; i++)
            action();
        Assert.Equal(0, OwnThread.LeastAllocated(action, rounds: 20));
    }
}
