using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Tests.Processes;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>A run that is killed at any moment and resumed ends with the same bits as the unbroken one.</summary>
public sealed class ResumedRunTests
{
    public static TheoryData<LoopKind, int> Kinds => new()
    {
        { LoopKind.Sequences, 1 }, { LoopKind.Sequences, 2 }, { LoopKind.Accumulated, 1 }, { LoopKind.Streams, 1 }, { LoopKind.Streams, 2 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Killed_in_any_callback(LoopKind kind, int threads)
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, kind);
        for (var kill = 1; kill <= expected.History.Count; kill++)
        {
            var path = folder.File($"killed-{kill}");
            using (var killed = new LoopRun(path, kind, threads) { KillAt = kill })
                Assert.Throws<TimeoutException>(() => killed.Loop().Run());
            AssertGoesOn(expected, path, kind, threads);
        }
    }

    [Fact]
    public void Killed_again_and_again()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, LoopKind.Sequences);
        var path = folder.File("killed");
        foreach (var kill in (int[])[6, 2, 9, 3, 11, 4])
        {
            using var killed = new LoopRun(path) { KillAt = kill };
            var loop = killed.Loop();
            if (File.Exists(path))
                loop.Resume(path);
            Assert.Throws<TimeoutException>(() => loop.Run());
        }

        AssertGoesOn(expected, path, LoopKind.Sequences, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cancelled_after_any_step(LoopKind kind, int threads)
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, kind);
        for (var cancel = 1; cancel < LoopRun.Steps; cancel++)
        {
            var path = folder.File($"cancelled-{cancel}");
            using (var cancelled = new LoopRun(path, kind, threads) { CancelAt = cancel })
            {
                var ending = cancelled.Loop().Run(cancellation: cancelled.Cancellation.Token);
                Assert.Equal((TrainingEnd.Cancelled, cancel), (ending.End, (int)ending.Steps));
            }

            using var resumed = new LoopRun(path, kind, threads);
            var loop = resumed.Loop();
            loop.Resume(path);
            Assert.Equal(cancel, resumed.Trainer.StepCount);
            loop.Run();
            AssertSame(expected, resumed, path);
        }
    }

    /// <summary>Wherever the process is when the kill arrives: between steps, in one, or while it writes a checkpoint.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(LoopRun.Steps)]
    public void Killed_by_the_operating_system(int lines)
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, LoopKind.Sequences);
        var path = folder.File("killed");
        OwnProcess.RunAndKill<EndlessRun>(lines, (EndlessRun.Variable, path));
        AssertGoesOn(expected, path, LoopKind.Sequences, threads: 1);
    }

    [Fact]
    public void A_run_may_be_made_longer()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, LoopKind.Sequences);
        var path = folder.File("short");
        using (var shorter = new LoopRun(path, steps: 9))
            Assert.Equal((TrainingEnd.Finished, 9L), (shorter.Loop().Run().End, shorter.Trainer.StepCount));
        using var longer = new LoopRun(path);
        var loop = longer.Loop();
        loop.Resume(path);
        Assert.Equal(TrainingEnd.Finished, loop.Run().End);
        Bits.AssertSame("parameters", expected.Parameters, longer.Model.Parameters);
        Assert.Equal(expected.File, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_checkpoint_is_written_when_its_time_has_come()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("killed");
        using (var killed = new LoopRun(path, checkpointEvery: 1000, checkpointInterval: TimeSpan.Zero) { KillAt = 4 })
            Assert.Throws<TimeoutException>(() => killed.Loop().Run());

        // Two steps, a validation, and the third step that does not come back.
        using var resumed = new LoopRun(path);
        resumed.Loop().Resume(path);
        Assert.Equal(2, resumed.Trainer.StepCount);
    }

    [Fact]
    public void Cancelled_before_the_first_step()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, LoopKind.Sequences);
        var path = folder.File("cancelled");
        using (var cancelled = new LoopRun(path))
            Assert.Equal(new TrainingLoopResult(TrainingEnd.Cancelled, 0, null, null, 0, false),
                cancelled.Loop().Run(cancellation: new CancellationToken(canceled: true)));
        AssertGoesOn(expected, path, LoopKind.Sequences, threads: 1);
    }

    [Fact]
    public void A_cancelled_run_may_go_on_itself()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, LoopKind.Sequences);
        var path = folder.File("cancelled");
        using var run = new LoopRun(path) { CancelAt = 7 };
        var loop = run.Loop();
        Assert.Equal(TrainingEnd.Cancelled, loop.Run(cancellation: run.Cancellation.Token).End);
        Assert.Equal(TrainingEnd.Finished, loop.Run().End);
        AssertSame(expected, run, path);
        Assert.Equal(expected.History, run.History);
    }

    [Fact]
    public void Stopped_early_and_with_the_best_parameters()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("whole");
        using var whole = new LoopRun(path, stopAfter: 2);
        var ending = whole.Loop().Run();
        Assert.Equal((TrainingEnd.StoppedEarly, true), (ending.End, ending.HasBest));
        Assert.InRange(ending.BestStep, 1, ending.Steps - 4);

        for (var kill = 1; kill <= whole.History.Count; kill++)
        {
            var broken = folder.File($"killed-{kill}");
            using (var killed = new LoopRun(broken, stopAfter: 2) { KillAt = kill })
                Assert.Throws<TimeoutException>(() => killed.Loop().Run());
            using var resumed = new LoopRun(broken, stopAfter: 2);
            var loop = resumed.Loop();
            if (File.Exists(broken))
                loop.Resume(broken);
            Assert.Equal(ending, loop.Run());
            Bits.AssertSame("best parameters", whole.Model.Parameters, resumed.Model.Parameters);
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(broken));
        }

        // A run that has ended is resumed to the same end.
        using var again = new LoopRun(path, stopAfter: 2);
        var last = again.Loop();
        last.Resume(path);
        Assert.Equal(ending, last.Run());
        Bits.AssertSame("best parameters", whole.Model.Parameters, again.Model.Parameters);
        Assert.Empty(again.History);
    }

    private static (float[] Parameters, byte[] File, List<string> History) Unbroken(TemporaryFolder folder, LoopKind kind)
    {
        var path = folder.File("unbroken");
        using var run = new LoopRun(path, kind);
        Assert.Equal((TrainingEnd.Finished, LoopRun.Steps), (run.Loop().Run().End, (int)run.Trainer.StepCount));
        return (run.Model.Parameters.ToArray(), File.ReadAllBytes(path), run.History);
    }

    private static void AssertGoesOn(
        (float[] Parameters, byte[] File, List<string> History) expected, string path, LoopKind kind, int threads)
    {
        using var resumed = new LoopRun(path, kind, threads);
        var loop = resumed.Loop();
        if (File.Exists(path))
            loop.Resume(path);
        Assert.Equal(TrainingEnd.Finished, loop.Run().End);
        AssertSame(expected, resumed, path);
    }

    /// <summary>The checkpoint holds parameters, moments, states, position, losses and the schedule's memory: all of its bytes are the
    /// same.</summary>
    private static void AssertSame((float[] Parameters, byte[] File, List<string> History) expected, LoopRun run, string path)
    {
        Bits.AssertSame("parameters", expected.Parameters, run.Model.Parameters);
        Assert.Equal(expected.File, File.ReadAllBytes(path));
        Assert.Equal(expected.History.TakeLast(run.History.Count), run.History);
    }
}
