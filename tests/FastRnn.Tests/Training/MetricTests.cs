using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Runs that look at more than the loss.</summary>
public sealed class MetricTests : IDisposable
{
    private static readonly Metric Odd = new("odd", metrics => 1 - metrics.Accuracy, isLargerBetter: false);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Early_stopping_waits_for_a_larger_number_where_that_is_better()
    {
        var rule = new EarlyStopping(patience: 2, minDelta: 0.1, metric: Metric.Accuracy);
        Assert.Equal((double.NegativeInfinity, false), (rule.Best, rule.ShouldStop));
        bool[] best = [.. ((double[])[0.2, 0.25, 0.5, double.NaN, 0.6]).Select((value, i) => rule.Report(value, i))];
        Assert.Equal([true, false, true, false, false], best);
        Assert.Equal((0.5, 2L, 2, true), (rule.Best, rule.BestStep, rule.Waited, rule.ShouldStop));
        Assert.Equal("EarlyStopping(2, 0.1, True, accuracy, larger is better)", rule.ToString());
        Assert.Equal("EarlyStopping(2, 0, True)", new EarlyStopping(2).ToString());
        Assert.True(new EarlyStopping(2, metric: Metric.CoverageError).Report(0.3, 1));
    }

    [Fact]
    public void Progress_is_told_after_validation_with_its_metrics()
    {
        using var run = new LoopRun(checkpoint: null);
        var ending = Loop(run, path: null, steps: 9).Run(run);
        Assert.Equal(9, run.Reports.Count);
        foreach (var report in run.Reports)
        {
            Assert.Equal(report.Step - (report.Step % 2), report.Validation?.Step ?? 0);
            Assert.Equal(report.Validation?.Loss, report.ValidationLoss);
        }

        Assert.Equal([2L, 4, 6, 8], ending.History.Select(result => result.Step));
        using var evaluator = run.Model.CreateEvaluator(new() { BatchSize = 3, SequenceLength = 6 });
        var metrics = new EvaluationMetrics { Confusion = new(7) };
        evaluator.MeanLoss(LoopRun.Sequences(seed: 99), metrics);
        foreach (var result in ending.History)
        {
            Assert.Equal(["accuracy", "macro F1", "F1 of class 2", "odd"], result.Metrics.Keys);
            Assert.Equal(1 - result.Metrics["accuracy"], result.Metrics["odd"]);
            Assert.InRange(result.Metrics["macro F1"], 0, 1);
        }

        // The step of the last measurement is not the last step, and the model has the best one's parameters.
        Assert.Equal(ending.Best, ending.History.Max(result => result.Metrics["macro F1"]));
        Assert.Equal(ending.Best, metrics.Confusion.MacroF1);
    }

    [Fact]
    public void A_run_that_goes_on_ends_with_the_same_history()
    {
        var path = folder.File("checkpoint");
        using var whole = new LoopRun(checkpoint: null);
        var expected = Loop(whole, path: null, steps: 16).Run();
        using (var first = new LoopRun(checkpoint: null))
            Loop(first, path, steps: 7).Run();
        using var second = new LoopRun(checkpoint: null);
        var loop = Loop(second, path, steps: 16);
        loop.Resume(path);
        var ending = loop.Run();
        Assert.Equal(expected.History, ending.History);
        Assert.Equal(expected with { History = [] }, ending with { History = [] });
        Bits.AssertSame("parameters", whole.Model.Parameters, second.Model.Parameters);
    }

    [Fact]
    public void Other_metrics_and_damaged_histories_are_refused()
    {
        var path = folder.File("checkpoint");
        using (var first = new LoopRun(checkpoint: null))
            Loop(first, path, steps: 7).Run();
        using var other = new LoopRun(checkpoint: null);
        var refused = Assert.Throws<ModelFileException>(() => Loop(other, path, steps: 9, Metric.Accuracy).Resume(path));
        Assert.Contains("other metrics: expected 'accuracy', got 'accuracy; macro F1; F1 of class 2; odd'", refused.Message,
            StringComparison.Ordinal);

        EditedFile.Replace(path, "loop.history", new byte[3 * 9 * sizeof(double)]);
        Assert.Contains("tensor 'loop.history', measurement 0", Assert.Throws<ModelFileException>(
            () => Loop(other, path, steps: 9).Resume(path)).Message, StringComparison.Ordinal);
        Loop(other, path: null, steps: 9).Run();
    }

    [Fact]
    public void What_needs_more_than_a_loss_says_so()
    {
        using var run = new LoopRun(checkpoint: null);
        Refused("Metrics, and early stopping on one, need more", new() { Steps = 1, Validate = () => 1, Metrics = [Metric.Accuracy] });
        Refused("Metrics, and early stopping on one, need more",
            new() { Steps = 1, Validate = () => 1, EarlyStopping = new(1, metric: Metric.Accuracy) });
        Refused("Validate and Measure: expected one of them", new() { Steps = 1, Validate = () => 1, Measure = _ => 1 });
        Refused("Metrics: expected names that are all different, got 'accuracy' twice.",
            new() { Steps = 1, Measure = _ => 1, Metrics = [Metric.Accuracy, Metric.Accuracy] });
        Assert.Throws<ArgumentException>(() => new Metric(" ", _ => 1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1(-1));

        void Refused(string message, TrainingLoopOptions options)
        {
            var refused = Assert.Throws<ArgumentException>(() => run.Trainer.CreateLoop(run.Batches, options));
            Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Checkpoints_are_for_the_same_class_weights()
    {
        var path = folder.File("checkpoint");
        using var model = new LoopText(seed: 1);
        using var trainer = model.CreateTrainer(new() { ClassWeights = [1, 2, 0.5f, 1, 1, 1, 0] });
        trainer.Save(path);
        trainer.Restore(path);
        using var other = model.CreateTrainer(new());
        var refused = Assert.Throws<ModelFileException>(() => other.Restore(path)).Message;
        Assert.EndsWith("it belongs to a run with other weights of classes or positive targets: expected none, got '1 2 0.5 1 1 1 0': "
            + "give the trainer the ClassWeights or PositiveWeights of that run", refused, StringComparison.Ordinal);
        other.Save(path);
        Assert.Throws<ModelFileException>(() => trainer.Restore(path));
    }

    private static TrainingLoop<LoopText> Loop(LoopRun run, string? path, int steps, params Metric[] metrics)
    {
        var evaluator = run.Model.CreateEvaluator(new() { BatchSize = 3, SequenceLength = 6, Threads = 1 });
        var held = LoopRun.Sequences(seed: 99);
        return run.Trainer.CreateLoop(run.Batches, new()
        {
            Steps = steps,
            Schedule = run.Options.Schedule,
            Measure = measured => evaluator.MeanLoss(held, measured),
            ValidateEvery = 2,
            Metrics = metrics.Length > 0 ? metrics : [Metric.Accuracy, Metric.MacroF1, Metric.F1(2), Odd],
            EarlyStopping = new EarlyStopping(patience: 100, metric: Metric.MacroF1),
            CheckpointPath = path,
        });
    }
}
