using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

public sealed class TrainingLoopTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_loop_is_steps_by_hand()
    {
        using var run = new LoopRun(checkpoint: null, LoopKind.Streams);
        var ending = run.Loop().Run(run);

        using var byHand = new LoopRun(checkpoint: null, LoopKind.Streams);
        var streams = (ContiguousStreams)byHand.Batches;
        var (inputs, targets) = (new int[12], new int[12]);
        var losses = new List<double>();
        for (var step = 0; step < LoopRun.Steps; step++)
        {
            byHand.Trainer.Options.Optimizer.LearningRate =
                (float)(0.3 * (1 + Math.Cos(Math.PI * step / LoopRun.Steps)) / 2 * Math.Min(1, (step + 1) / 4.0));
            streams.Next(inputs, targets, out var begins);
            if (begins)
                byHand.Trainer.ResetState();
            losses.Add(byHand.Trainer.Step(inputs, targets).Loss);
        }

        Assert.Equal(losses, run.Reports.Select(report => report.Result.Loss));
        Bits.AssertSame("parameters", byHand.Model.Parameters, run.Model.Parameters);
        Assert.Equal((TrainingEnd.Finished, (long)LoopRun.Steps, false), (ending.End, ending.Steps, ending.HasBest));
        Assert.Equal(run.Reports[^1].ValidationLoss is null, ending.ValidationLoss is null);
    }

    [Fact]
    public void Two_batches_a_step_are_gathered_by_hand()
    {
        using var run = new LoopRun(checkpoint: null, LoopKind.Accumulated);
        run.Loop().Run(run);
        Assert.Equal([1, 2, 3, 1, 2, 3, 1], run.Reports.Take(7).Select(report => report.StepOfEpoch));
        Assert.All(run.Reports, report => Assert.Equal(3, report.StepsPerEpoch));

        using var byHand = new LoopRun(checkpoint: null);
        var batches = (ShuffledBatches)byHand.Batches;
        for (var step = 0; step < LoopRun.Steps; step++)
        {
            var (sum, weight) = (0.0, 0.0);
            for (var i = 0; i < (step % 3 < 2 ? 2 : 1); i++)
            {
                var loss = byHand.Trainer.Accumulate(batches.Next());
                (sum, weight) = (sum + loss.Sum, weight + loss.Weight);
            }

            byHand.Trainer.Options.Optimizer.LearningRate = run.Reports[step].LearningRate;
            Assert.Equal(byHand.Trainer.Update(), run.Reports[step].Result.GradientNorm);
            Assert.Equal(sum / weight, run.Reports[step].Result.Loss, 1e-12);
            Assert.Equal(weight, run.Reports[step].Result.Weight);
        }

        Bits.AssertSame("parameters", byHand.Model.Parameters, run.Model.Parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sequences_that_do_not_count_are_read_and_change_no_loss(int batchesPerStep)
    {
        // In the order of the data set: two batches of which nothing counts come first, then one that does.
        var data = new SequenceDataset(SequenceFormat.Of(LoopText.Info));
        foreach (var weight in (float[])[0, 0, 1])
            data.Add(new() { Tokens = [1, 2, 3], TargetTokens = [2, 3, 4], Weights = [weight, weight, weight] });
        var batches = new ShuffledBatches(data, 1, seed: 3);
        using var trainer = new LoopText(seed: 3).CreateTrainer(new() { BatchSize = 1, SequenceLength = 3 });
        var reports = new List<TrainingProgress>();
        new TrainingLoop<LoopText>(trainer, batches, new() { Epochs = 4, BatchesPerStep = batchesPerStep }).Run(new Collector(reports));
        Assert.Equal(batchesPerStep == 1 ? 12 : 8, reports.Count);
        Assert.Equal(4, reports.Count(report => report.Result.Weight > 0));
        Assert.All(reports, report => Assert.Equal(report.Result.Weight > 0, report.Result.Loss > 0));
        foreach (var epoch in reports.GroupBy(report => report.Epoch))
            Assert.Equal(epoch.Sum(report => report.Result.LossPerPosition), epoch.Last().EpochLoss, 1e-12);
    }

    [Fact]
    public void Batches_that_continue_sequences_cannot_be_averaged()
    {
        using var run = new LoopRun(checkpoint: null, LoopKind.Streams);
        var loop = new TrainingLoop<LoopText>(run.Trainer, run.Batches, new() { Steps = 3, BatchesPerStep = 2 });
        Assert.Contains(
            "continues the sequences", Assert.Throws<InvalidOperationException>(() => loop.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_says_where_the_run_is()
    {
        using var run = new LoopRun(checkpoint: null);
        run.Loop().Run(run);
        Assert.Equal(Enumerable.Range(1, LoopRun.Steps).Select(i => (long)i), run.Reports.Select(report => report.Step));
        Assert.Equal([0L, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2], run.Reports.Take(11).Select(report => report.Epoch));
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1], run.Reports.Take(11).Select(report => report.StepOfEpoch));
        Assert.All(run.Reports, report => Assert.Equal((5, (double)report.Step / LoopRun.Steps), (report.StepsPerEpoch, report.Done)));
        Assert.Equal(run.Reports.Take(5).Average(report => report.Result.LossPerPosition), run.Reports[4].EpochLoss, 1e-12);
        Assert.Equal(run.Reports[5].Result.LossPerPosition, run.Reports[5].EpochLoss);
        Assert.Equal([true, true, false, false], run.Reports.Take(4).Select(report => report.ValidationLoss is null));
        Assert.Equal([0.25f, 0.5f], run.Reports.Take(2).Select(report => report.LearningRate));
        Assert.Equal(
            ["step", "step", "validation", "step", "step", "validation", "step", "epoch", "step", "validation"],
            run.History.Take(10).Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public void A_run_ends_after_its_epochs()
    {
        using var run = new LoopRun(checkpoint: null);
        Assert.Equal((TrainingEnd.Finished, 10L), Run(new() { Epochs = 2 }));
        Assert.Equal((TrainingEnd.Finished, 10L), Run(new() { Epochs = 2, Steps = 100 }));
        Assert.Equal((TrainingEnd.Finished, 11L), Run(new() { Epochs = 100, Steps = 11 }));

        (TrainingEnd, long) Run(TrainingLoopOptions options)
        {
            var ending = new TrainingLoop<LoopText>(run.Trainer, run.Batches, options).Run();
            return (ending.End, ending.Steps);
        }
    }

    [Fact]
    public void The_best_parameters_come_back_at_the_end()
    {
        using var run = new LoopRun(checkpoint: null);
        double[] losses = [5, 3, 4, 2, 2.5, 2, 2];
        var parameters = new List<float[]>();
        var ending = new TrainingLoop<LoopText>(run.Trainer, run.Batches, new()
        {
            Steps = 100,
            ValidateEvery = 1,
            Validate = () =>
            {
                parameters.Add(run.Model.Parameters.ToArray());
                return losses[parameters.Count - 1];
            },
            EarlyStopping = new EarlyStopping(patience: 3),
        }).Run();
        Assert.Equal(
            new TrainingLoopResult(TrainingEnd.StoppedEarly, Steps: 7, ValidationLoss: 2, BestLoss: 2, BestStep: 4, HasBest: true), ending);
        Bits.AssertSame("parameters", parameters[3], run.Model.Parameters);
        Assert.NotEqual(parameters[3], parameters[6]);
    }

    [Fact]
    public void A_loss_that_is_no_number_leaves_the_last_good_checkpoint()
    {
        var path = folder.File("checkpoint");
        using var run = new LoopRun(path);
        byte[] before = [];
        var loop = new TrainingLoop<LoopText>(run.Trainer, run.Batches, new()
        {
            Steps = 100,
            CheckpointPath = path,
            CheckpointEvery = 2,
            Callbacks = [new At(5, () =>
            {
                before = File.ReadAllBytes(path);
                using (var edit = run.Model.Edit())
                    edit.Parameters[^1] = float.NaN;
            })],
        });
        Assert.Equal(6, Assert.Throws<NonFiniteLossException>(() => loop.Run()).Step);
        Assert.Equal(before, File.ReadAllBytes(path));
        using var resumed = new LoopRun(path);
        var again = new TrainingLoop<LoopText>(resumed.Trainer, resumed.Batches, new() { Steps = 6 });
        again.Resume(path);
        Assert.Equal(4, resumed.Trainer.StepCount);
        Assert.Equal(TrainingEnd.Finished, again.Run().End);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_and_changes_nothing()
    {
        var path = folder.File("checkpoint");
        using (var run = new LoopRun(path))
            run.Loop().Run();
        using var other = new LoopRun(path);
        var before = other.Model.Parameters.ToArray();
        Refused("other data", LoopRun.Sequences(seed: 12), other.Options);
        Refused("other steps", other.Batches, new() { Steps = 1, BatchesPerStep = 2 });
        Refused("another schedule", other.Batches, new() { Steps = 1 });
        Refused("another schedule", other.Batches, new() { Steps = 1, Schedule = new ConstantRate(1) });
        Refused("another early stopping", other.Batches, With(new EarlyStopping(3)));
        other.Trainer.Save(folder.File("plain"));
        Assert.Contains("was not written by a training loop",
            Assert.Throws<ModelFileException>(() => other.Loop().Resume(folder.File("plain"))).Message, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (other.Trainer.StepCount, other.Batches.Position));
        Bits.AssertSame("parameters", before, other.Model.Parameters);

        void Refused(string reason, IBatchSource batches, TrainingLoopOptions options)
        {
            var loop = new TrainingLoop<LoopText>(other.Trainer, batches, options);
            Assert.Contains(reason, Assert.Throws<ModelFileException>(() => loop.Resume(path)).Message, StringComparison.Ordinal);
        }

        TrainingLoopOptions With(EarlyStopping stopping) => new()
        {
            Steps = 1,
            Schedule = other.Options.Schedule,
            Validate = other.Options.Validate,
            EarlyStopping = stopping,
        };
    }

    [Theory]
    [InlineData("fastrnn.loop.version", "2")]
    [InlineData("fastrnn.loop.position", "-1")]
    [InlineData("fastrnn.loop.position", "1.5")]
    [InlineData("fastrnn.loop.epoch_loss", "many")]
    [InlineData("fastrnn.loop.waited", "99999999999")]
    [InlineData("fastrnn.loop.schedule_state", "1 2 3")]
    [InlineData("fastrnn.loop.schedule_state", "1 2 -3 4")]
    [InlineData("fastrnn.loop.best_step", "")]
    public void A_damaged_text_is_named_and_changes_nothing(string key, string text)
    {
        var path = folder.File("checkpoint");
        using (var run = new LoopRun(path))
        {
            run.Loop().Run();
            var texts = new Dictionary<string, string>(ModelFile.ReadMetadata(path)) { [key] = text };
            run.Trainer.Save(path, texts);
        }

        using var other = new LoopRun(path);
        var before = other.Model.Parameters.ToArray();
        var rate = other.Options.Schedule!.At(0);
        Assert.Throws<ModelFileException>(() => other.Loop().Resume(path));
        Assert.Equal((0L, 0L, rate), (other.Trainer.StepCount, other.Batches.Position, other.Options.Schedule.At(0)));
        Bits.AssertSame("parameters", before, other.Model.Parameters);
    }

    [Theory]
    [InlineData("position", "20", "21", "position: expected that of the trainer's step")]
    [InlineData("position", "20", "2", "position: expected that of the trainer's step")]
    [InlineData("position", "20", "15", "position: expected that of the trainer's step")]
    [InlineData("first_step", "0", "1", "position: expected that of the trainer's step")]
    [InlineData("epoch_steps", "0", "2", "epoch_steps: expected at most")]
    [InlineData("epoch_loss", "0", "NaN", "epoch_loss: expected a finite number")]
    [InlineData("epoch_loss", "0", "1", "epoch_loss: expected 0")]
    [InlineData("best_loss", null, "NaN", "best_loss: expected a number")]
    [InlineData("best_loss", null, "Infinity", "best_loss and best_step")]
    [InlineData("best_step", null, "0", "best_loss and best_step")]
    [InlineData("best_step", null, "999", "best_step: expected at most")]
    [InlineData("best_step", null, "1", "waited: expected the measurements")]
    [InlineData("waited", null, "77", "waited: expected the measurements")]
    [InlineData("schedule_state", null, "0.123 1 0 0", "the schedule's state: expected a rate that it reaches")]
    [InlineData("schedule_state", null, "0.5 NaN 0 0", "the schedule's state")]
    [InlineData("schedule_state", null, "0.5 1 3 0", "the schedule's state")]
    [InlineData("schedule_state", null, "0.5 1 0 1", "the schedule's state")]
    public void Numbers_that_do_not_fit_together_are_refused_in_a_file_without_a_checksum(
        string key, string? before, string after, string message)
    {
        var path = folder.File("checkpoint");
        using (var run = new LoopRun(path, steps: 20, stopAfter: 100))
            run.Loop().Run();
        var texts = ModelFile.ReadMetadata(path);
        before ??= texts["fastrnn.loop." + key];
        EditedFile.Replace(path, $"\"fastrnn.loop.{key}\":\"{before}\"", $"\"fastrnn.loop.{key}\":\"{after}\"");
        using var other = new LoopRun(path, steps: 25, stopAfter: 100);
        var parameters = other.Model.Parameters.ToArray();
        Assert.Contains(
            message, Assert.Throws<ModelFileException>(() => other.Loop().Resume(path)).Message, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (other.Trainer.StepCount, other.Batches.Position));
        Bits.AssertSame("parameters", parameters, other.Model.Parameters);
    }

    [Fact]
    public void A_tensor_of_a_checkpoint_that_does_not_fit_is_refused_without_a_checksum()
    {
        var path = folder.File("checkpoint");
        using (var run = new LoopRun(path, LoopKind.Streams, steps: 7))
            run.Loop().Run();
        var whole = File.ReadAllBytes(path);
        Refused("position: expected that of the trainer's step",
            () => EditedFile.Replace(path, "trainer.step", BitConverter.GetBytes(8L)));
        const string State = "\"trainer.state.l0.h\":{\"dtype\":\"F32\",\"shape\":";
        Refused("got [9, 3]", () => EditedFile.Replace(path, State + "[3,9]", State + "[9,3]"));
        Refused("expected 1, as there are states that are not 0",
            () => EditedFile.Replace(path, "\"fastrnn.has_state\":\"1\"", "\"fastrnn.has_state\":\"0\""));
        Refused("expected 0 or 1, got '2'",
            () => EditedFile.Replace(path, "\"fastrnn.has_state\":\"1\"", "\"fastrnn.has_state\":\"2\""));

        void Refused(string message, Action edit)
        {
            File.WriteAllBytes(path, whole);
            edit();
            using var other = new LoopRun(path, LoopKind.Streams, steps: 9);
            Assert.Contains(
                message, Assert.Throws<ModelFileException>(() => other.Loop().Resume(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_run_that_begins_anywhere_and_measures_otherwise_from_then_on_can_be_taken_up()
    {
        // Begun in the middle of an epoch and of a trainer's life, with or without measurements, and cut at every step.
        foreach (var kind in (LoopKind[])[LoopKind.Sequences, LoopKind.Accumulated])
        {
            foreach (var every in (int?[])[null, 0, 1, 2])
            {
                var path = folder.File($"{kind}{every}");
                using var run = new LoopRun(path, kind);
                run.Trainer.Step(new SequenceBatch { Tokens = [1, 2], TargetTokens = [2, 3], Lengths = [2] });
                run.Batches.Position = 4;
                for (var steps = 3; steps < 14; steps++)
                {
                    Loop(run, every, steps).Run();
                    using var other = new LoopRun(path, kind);
                    Loop(other, every, steps).Resume(path);
                    using var otherwise = new LoopRun(path, kind);
                    var loop = Loop(otherwise, every is null ? 2 : null, 20, path + "2");
                    loop.Resume(path);
                    loop.Run();
                    using var again = new LoopRun(path, kind);
                    Loop(again, every is null ? 2 : null, 20).Resume(path + "2");
                }

                TrainingLoop<LoopText> Loop(LoopRun of, int? validateEvery, int steps, string? to = null) => new(
                    of.Trainer, of.Batches, new()
                    {
                        Steps = steps,
                        BatchesPerStep = of.Options.BatchesPerStep,
                        Validate = validateEvery is null ? null : () => 1 + ((of.Trainer.StepCount * 7) % 5),
                        ValidateEvery = validateEvery ?? 0,
                        CheckpointPath = to ?? path,
                        CheckpointEvery = 1000,
                    });
            }
        }
    }

    [Fact]
    public void Texts_are_kept_with_the_checkpoint()
    {
        var path = folder.File("checkpoint");
        var metadata = new Dictionary<string, string>();
        new CharVocabulary("abcdefg").AddTo(metadata);
        using var run = new LoopRun(path);
        new TrainingLoop<LoopText>(run.Trainer, run.Batches, new() { Steps = 1, CheckpointPath = path, Metadata = metadata }).Run();
        using var resumed = new LoopRun(path);
        var texts = new TrainingLoop<LoopText>(resumed.Trainer, resumed.Batches, new() { Steps = 2 }).Resume(path);
        Assert.Equal(7, Vocabulary.From<CharVocabulary>(texts).Size);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        // Least of some runs: a collection that another test causes counts what is left of this thread's room as allocated.
        var least = long.MaxValue;
        for (var round = 0; round < 5 && least > 0; round++)
        {
            using var run = new LoopRun(checkpoint: null);
            var counter = new Counter();
            new TrainingLoop<LoopText>(run.Trainer, run.Batches,
                new() { Steps = 400, Schedule = new Warmup(new CosineDecay(0.01, 400), 4), Callbacks = [counter] }).Run(counter);
            least = Math.Min(least, counter.Last - counter.First);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void What_cannot_be_run_is_refused()
    {
        using var run = new LoopRun(checkpoint: null);
        Refused<ArgumentException>(new());
        Refused<ArgumentException>(new() { Steps = 1, EarlyStopping = new EarlyStopping(1) });
        Refused<ArgumentException>(new() { Steps = 1, Schedule = new Warmup(new ReduceOnPlateau(1), 1) });
        Refused<ArgumentOutOfRangeException>(new() { Steps = 0 });
        Refused<ArgumentOutOfRangeException>(new() { Epochs = 0 });
        Refused<ArgumentOutOfRangeException>(new() { Steps = 1, BatchesPerStep = 0 });
        Refused<ArgumentOutOfRangeException>(new() { Steps = 1, ValidateEvery = -1 });
        Refused<ArgumentOutOfRangeException>(new() { Steps = 1, CheckpointEvery = -1 });
        Refused<ArgumentOutOfRangeException>(new() { Steps = 1, CheckpointInterval = TimeSpan.FromSeconds(-1) });
        var loop = new TrainingLoop<LoopText>(run.Trainer, run.Batches, new() { Steps = 1 });
        loop.Run();
        Assert.Throws<InvalidOperationException>(() => loop.Resume(folder.File("any")));

        void Refused<T>(TrainingLoopOptions options)
            where T : Exception => Assert.Throws<T>(() => new TrainingLoop<LoopText>(run.Trainer, run.Batches, options));
    }

    private sealed class At(long step, Action action) : ITrainingCallback
    {
        public void OnStep(in TrainingProgress progress)
        {
            if (progress.Step == step)
                action();
        }
    }

    /// <summary>The bytes that this thread was given until the 100th and the last step.</summary>
    private sealed class Counter : ITrainingCallback, IProgress<TrainingProgress>
    {
        public long First { get; private set; }

        public long Last { get; private set; }

        public void OnStep(in TrainingProgress progress)
        {
            Last = GC.GetAllocatedBytesForCurrentThread();
            if (progress.Step == 100)
                First = Last;
        }

        public void Report(TrainingProgress value)
        {
        }
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
