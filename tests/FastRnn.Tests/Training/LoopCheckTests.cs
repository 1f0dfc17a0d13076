using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>What a checkpoint says of a run must fit together, with or without a checksum; and whatever a run writes does.</summary>
public sealed class LoopCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

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

    [Theory]
    [InlineData(LoopKind.Sequences)]
    [InlineData(LoopKind.Accumulated)]
    public void A_run_that_went_on_after_a_loss_that_is_no_number_can_be_taken_up(LoopKind kind)
    {
        var path = folder.File("checkpoint");
        using var run = new LoopRun(path, kind, stopAfter: 100, steps: 6);
        var before = run.Model.Parameters[^1];
        var loop = new TrainingLoop<LoopText>(run.Trainer, run.Batches, new()
        {
            Steps = 6,
            BatchesPerStep = run.Options.BatchesPerStep,
            Schedule = run.Options.Schedule,
            Validate = run.Options.Validate,
            ValidateEvery = 2,
            EarlyStopping = run.Options.EarlyStopping,
            CheckpointPath = path,
            Callbacks = [new Spoils(run.Model)],
        });
        Assert.Equal(2, Assert.Throws<NonFiniteLossException>(() => loop.Run()).Step);
        using (var edit = run.Model.Edit())
            edit.Parameters[^1] = before;
        run.Trainer.Options.Optimizer.LearningRate /= 2;
        loop.Run();
        GoesOn(path, kind, run);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void A_run_that_went_on_after_a_callback_had_failed_can_be_taken_up(int failsAt)
    {
        var path = folder.File("checkpoint");
        using var run = new LoopRun(path, stopAfter: 100, steps: 6) { KillAt = failsAt };
        var loop = run.Loop();
        Assert.Throws<TimeoutException>(() => loop.Run());
        loop.Run();
        GoesOn(path, LoopKind.Sequences, run);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_was_led_elsewhere_while_it_was_cancelled_can_be_taken_up(bool byAStep)
    {
        var path = folder.File("checkpoint");
        using var run = new LoopRun(path, stopAfter: 100, steps: 6) { CancelAt = 3 };
        var loop = run.Loop();
        Assert.Equal(TrainingEnd.Cancelled, loop.Run(cancellation: run.Cancellation.Token).End);
        if (byAStep)
            run.Trainer.Step(new SequenceBatch { Tokens = [1, 2], TargetTokens = [2, 3], Lengths = [2] });
        else
            run.Batches.Position += 2;
        loop.Run();
        GoesOn(path, LoopKind.Sequences, run);
    }

    [Fact]
    public void A_rule_of_an_earlier_run_begins_anew()
    {
        var path = folder.File("checkpoint");
        using var run = new LoopRun(path, stopAfter: 100, steps: 6);
        for (var i = 0; i < 100; i++)
            run.Options.EarlyStopping!.Report(i, step: 99);
        run.Loop().Run();
        Assert.Equal(6, run.Trainer.StepCount);
        GoesOn(path, LoopKind.Sequences, run);
    }

    [Fact]
    public void Texts_of_another_run_leave_nothing()
    {
        var path = folder.File("checkpoint");
        using (var run = new LoopRun(path, steps: 6))
            run.Loop().Run();
        using var other = new LoopRun(path);
        var texts = other.Trainer.Restore(path);
        new TrainingLoop<LoopText>(other.Trainer, other.Batches, new() { Steps = 7, CheckpointPath = path, Metadata = texts }).Run();
        var written = ModelFile.ReadMetadata(path);
        Assert.True(texts.ContainsKey("fastrnn.loop.validation_loss") && texts.ContainsKey("fastrnn.loop.validate_every"));
        Assert.False(written.ContainsKey("fastrnn.loop.validation_loss") || written.ContainsKey("fastrnn.loop.validate_every"));
        new TrainingLoop<LoopText>(other.Trainer, other.Batches, new() { Steps = 9 }).Resume(path);
    }

    /// <summary>The file is taken up where the run ended, and so is what that one writes.</summary>
    private static void GoesOn(string path, LoopKind kind, LoopRun run)
    {
        using var other = new LoopRun(path, kind, stopAfter: 100, steps: 12);
        var loop = other.Loop();
        loop.Resume(path);
        Assert.Equal((run.Trainer.StepCount, run.Batches.Position), (other.Trainer.StepCount, other.Batches.Position));
        loop.Run();
        using var again = new LoopRun(path, kind, stopAfter: 100, steps: 12);
        again.Loop().Resume(path);
        Assert.Equal(12, again.Trainer.StepCount);
    }

    /// <summary>Makes the model useless after the first step, once.</summary>
    private sealed class Spoils(LoopText model) : ITrainingCallback
    {
        private bool isDone;

        public void OnStep(in TrainingProgress progress)
        {
            if (progress.Step != 1 || isDone)
                return;

            isDone = true;
            using var edit = model.Edit();
            edit.Parameters[^1] = float.NaN;
        }
    }
}
