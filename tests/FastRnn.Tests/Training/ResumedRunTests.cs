using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>A run that is killed at any moment and resumed ends with the same bits as the unbroken one.</summary>
public sealed class ResumedRunTests
{
    public static TheoryData<bool, int> Kinds => new() { { false, 1 }, { false, 2 }, { true, 1 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Killed_in_any_callback(bool streams, int threads)
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, streams);
        for (var kill = 1; kill <= expected.History.Count; kill++)
        {
            var path = folder.File($"killed-{kill}");
            using (var killed = new LoopRun(path, streams, threads) { KillAt = kill })
                Assert.Throws<TimeoutException>(() => killed.Loop().Run());
            AssertGoesOn(expected, path, streams, threads);
        }
    }

    [Fact]
    public void Killed_again_and_again()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, streams: false);
        var path = folder.File("killed");
        foreach (var kill in (int[])[6, 2, 9, 3, 11, 4])
        {
            using var killed = new LoopRun(path) { KillAt = kill };
            var loop = killed.Loop();
            if (File.Exists(path))
                loop.Resume(path);
            Assert.Throws<TimeoutException>(() => loop.Run());
        }

        AssertGoesOn(expected, path, streams: false, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cancelled_after_any_step(bool streams, int threads)
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, streams);
        for (var cancel = 1; cancel < LoopRun.Steps; cancel++)
        {
            var path = folder.File($"cancelled-{cancel}");
            using (var cancelled = new LoopRun(path, streams, threads) { CancelAt = cancel })
            {
                var ending = cancelled.Loop().Run(cancellation: cancelled.Cancellation.Token);
                Assert.Equal((TrainingEnd.Cancelled, cancel), (ending.End, (int)ending.Steps));
            }

            using var resumed = new LoopRun(path, streams, threads);
            var loop = resumed.Loop();
            loop.Resume(path);
            Assert.Equal(cancel, resumed.Trainer.StepCount);
            loop.Run();
            AssertSame(expected, resumed, path);
        }
    }

    [Fact]
    public void A_cancelled_run_may_go_on_itself()
    {
        using var folder = new TemporaryFolder();
        var expected = Unbroken(folder, streams: false);
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

    private static (float[] Parameters, byte[] File, List<string> History) Unbroken(TemporaryFolder folder, bool streams)
    {
        var path = folder.File("unbroken");
        using var run = new LoopRun(path, streams);
        Assert.Equal((TrainingEnd.Finished, LoopRun.Steps), (run.Loop().Run().End, (int)run.Trainer.StepCount));
        return (run.Model.Parameters.ToArray(), File.ReadAllBytes(path), run.History);
    }

    private static void AssertGoesOn((float[] Parameters, byte[] File, List<string> History) expected, string path, bool streams, int threads)
    {
        using var resumed = new LoopRun(path, streams, threads);
        var loop = resumed.Loop();
        if (File.Exists(path))
            loop.Resume(path);
        Assert.Equal(TrainingEnd.Finished, loop.Run().End);
        AssertSame(expected, resumed, path);
    }

    /// <summary>The checkpoint holds parameters, moments, states, position, losses and the schedule's memory: all of its bytes are the same.</summary>
    private static void AssertSame((float[] Parameters, byte[] File, List<string> History) expected, LoopRun run, string path)
    {
        Bits.AssertSame("parameters", expected.Parameters, run.Model.Parameters);
        Assert.Equal(expected.File, File.ReadAllBytes(path));
        Assert.Equal(expected.History.TakeLast(run.History.Count), run.History);
    }
}
