using FastRnn.Data;
using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Several heads, each with a loss and a weight: what a model says of them, what is measured of each, and what is refused. Losses
/// and gradients are held against the equations by <see cref="StructuredGradientTests{TModels}"/>.</summary>
public sealed class HeadTests
{
    [Fact]
    public void A_model_says_where_each_head_and_its_targets_stand()
    {
        var (three, pooled) = (ThreeHeads.Info, PooledHeads.Info);

        Assert.Equal((LossKind.Mixed, 9, 5, 1), (three.Loss, three.OutputSize, three.TargetSize, three.TargetTokenCount));
        Assert.Equal(
            [("price", 0, 3, LossKind.Huber, 1.0, 0), ("kind", 3, 4, LossKind.SoftmaxCrossEntropy, 0.3, 0),
                ("signs", 7, 2, LossKind.SigmoidBinaryCrossEntropy, 2.0, 3)],
            three.Heads.Select(h => (h.Name, h.Offset, h.Size, h.Loss, h.Weight, h.TargetOffset)));
        Assert.Equal((2, 2), (pooled.TargetSize, pooled.TargetTokenCount));
        Assert.Equal([0, 0, 1], pooled.Heads.Select(h => h.TargetToken));
        var format = SequenceFormat.Of(pooled);
        Assert.Equal((2, 2), (format.TargetSize, format.TargetTokenCount));
        Assert.Equal([3, 2], format.TargetVocabularies);
        Assert.Equal("", Assert.Single(EmbeddedText.Info.Heads).Name);
        Assert.Empty(MixedStack.Info.Heads);
    }

    /// <summary>Labels that do not count, and a mean over positions whatever labels weigh.</summary>
    [Fact]
    public void Weights_of_classes_are_those_of_all_heads_that_classify()
    {
        var (model, batch, parameters) = StructuredCase.Of(nameof(PooledHeads), seed: 61);
        batch = batch with { LossWeights = [0.5f, 0, 2, 1, 1, 1, 1, 3, 0.25f] };
        var oracle = new StructuredOracle(batch, parameters, draws: null);
        var loss = oracle.Loss(oracle.Point);

        Assert.Equal(loss, model.Evaluate(parameters, batch), oracle.ForwardBound * (loss + 1));
        Assert.NotEqual(loss, model.Evaluate(parameters, batch with { LossWeights = [] }), 1e-3);
    }

    [Fact]
    public void A_step_and_an_evaluation_tell_the_loss_of_each_head()
    {
        var batch = StructuredBatch.Random(ThreeHeads.Info, [4, 1, 6], [], seed: 62);
        var options = new TrainerOptions { BatchSize = 3, SequenceLength = 6, CarryState = false };
        using var evaluator = new ThreeHeads(seed: 7).CreateEvaluator(options);
        var metrics = new EvaluationMetrics { Heads = [new(), new() { Confusion = new(4) }, new()] };
        var loss = evaluator.Evaluate(batch.Input, metrics);
        using var trainer = new ThreeHeads(seed: 7).CreateTrainer(options);
        var result = trainer.Step(batch.Input);

        Assert.Equal(loss.PerPosition, metrics.Loss, 1e-12);
        Assert.Equal(metrics.Heads.Select(head => head.Loss), result.HeadLosses.ToArray());
        Assert.Equal(
            loss.PerPosition, metrics.Heads.Zip(ThreeHeads.Info.Heads, (head, info) => head.Loss * info.Weight).Sum(), 1e-6);
        Assert.True(double.IsNaN(metrics.Accuracy));

        // The same by hand, from the outputs.
        var (y, right, absolute, weight) = (new float[batch.OutputCount], 0.0, 0.0, 0.0);
        using var predictor = new ThreeHeads(seed: 7).CreatePredictor(options);
        predictor.Run(batch.Input, y);
        for (var p = 0; p < batch.Weights.Length; p++)
        {
            var kind = y.AsSpan((p * 9) + 3, 4).ToArray();
            right += batch.Weights[p] * (Array.IndexOf(kind, kind.Max()) == batch.TargetTokens[p] ? 1 : 0);
            absolute += batch.Weights[p] * Enumerable.Range(0, 3).Sum(i => Math.Abs((double)y[(p * 9) + i] - batch.Targets[(p * 5) + i]));
            weight += batch.Weights[p];
        }

        Assert.Equal(right / weight, metrics.Heads[1].Accuracy, 1e-9);
        Assert.Equal(metrics.Heads[1].Accuracy, metrics.Heads[1].Confusion!.Accuracy, 1e-9);
        Assert.Equal(absolute / weight / 3, metrics.Heads[0].MeanAbsoluteError, 1e-6);
        metrics.Clear();
        Assert.True(double.IsNaN(metrics.Heads[0].Loss));
    }

    [Fact]
    public void What_does_not_fit_the_heads_is_refused_by_name()
    {
        var model = new PooledHeads(seed: 8);
        var options = new TrainerOptions { BatchSize = 1, SequenceLength = 2 };
        using var trainer = model.CreateTrainer(options);
        using var evaluator = model.CreateEvaluator(options);
        var x = new float[4];
        var tokens = new int[2];

        var label = Assert.Throws<ArgumentOutOfRangeException>(
            () => trainer.Step(Inputs.Of(x, tokens), Targets.Of(new float[2], [2, 2])));
        Assert.StartsWith(
            "TargetTokens, sequence 0, step 0, token 1 (head \"other\"): expected a token from 0 to 1, got 2.", label.Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Step(Inputs.Of(x, tokens), Targets.Of(new float[2], [2])));
        Assert.Throws<ArgumentException>(() => trainer.Step(Inputs.Of(x, tokens), Targets.Of(new float[4], [2, 1])));
        var kinds = Assert.Throws<ArgumentException>(
            () => evaluator.Evaluate(
                new SequenceBatch { X = x, Tokens = tokens, Targets = new float[2], TargetTokens = tokens },
                new EvaluationMetrics { Heads = [new()] }));
        Assert.StartsWith("Heads: expected 3, as PooledHeads has, or none, got 1.", kinds.Message, StringComparison.Ordinal);
        var confusion = Assert.Throws<ArgumentException>(
            () => evaluator.Evaluate(
                new SequenceBatch { X = x, Tokens = tokens, Targets = new float[2], TargetTokens = tokens },
                new EvaluationMetrics { Heads = [new(), new() { Confusion = new(4) }, new()] }));
        Assert.StartsWith(
            "Confusion: it has 4 classes, PooledHeads, head \"level\" is trained", confusion.Message, StringComparison.Ordinal);
        var weights = Assert.Throws<ArgumentException>(() => model.CreateTrainer(options with { ClassWeights = [1, 1, 1] }));
        Assert.StartsWith("ClassWeights: expected one for each of the 5 outputs", weights.Message, StringComparison.Ordinal);
        var none = Assert.Throws<ArgumentException>(() => model.CreateTrainer(options with { ClassWeights = [1, 1, 1, 0, 0] }));
        Assert.StartsWith("ClassWeights, head \"other\": expected a weight above 0", none.Message, StringComparison.Ordinal);
        using var generator = new ThreeHeads(seed: 9).CreateGenerator();
        Assert.Throws<InvalidOperationException>(() => generator.Generate(0, 1, new int[1], new int[1]));
    }
}
