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
        Assert.Equal([true, false, false, false], run.Reports.Take(4).Select(report => report.ValidationLoss is null));
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
        var expected = new TrainingLoopResult(TrainingEnd.StoppedEarly, Steps: 7, ValidationLoss: 2, Best: 2, BestStep: 4, HasBest: true);
        Assert.Equal(expected, ending with { History = [] });
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
}
