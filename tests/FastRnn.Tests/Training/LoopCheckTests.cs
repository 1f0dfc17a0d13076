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
}
