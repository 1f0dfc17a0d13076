using System.Reflection;

using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Misuse;

/// <summary>What nobody foresaw ends a call in the middle: the session says so from then on, and can be disposed of.</summary>
public sealed class FailedSessionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_that_failed_is_of_no_more_use(int threads)
    {
        var session = new LargeText(seed: 1).CreateSession(new() { Threads = threads });
        var y = new float[96];
        session.Step(1, y);

        // No call of a user can do this: the session's insides are taken away.
        var run = typeof(Session<LargeText>).GetField("run", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(session);
        typeof(StreamRun).GetField("forward", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(run, null);
        Assert.Throws<NullReferenceException>(() => session.Step(1, y));

        Action[] calls = [() =>
            session.Step(1, y), () => session.Run([1, 2], new float[192]), () => session.GetState(), session.Reset, () => session.Fork()];
        foreach (var call in calls)
            Assert.Contains("failed in the middle", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Step(1, y));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_thread_that_is_interrupted_disposes_of_its_session(int threads)
    {
        Exception? fromDispose = null, afterwards = null;
        var caller = new Thread(() =>
        {
            var session = new LargeText(seed: 1).CreateSession(new() { Threads = threads });
            session.Step(1, new float[96]);
            Thread.CurrentThread.Interrupt();
            fromDispose = Record.Exception(session.Dispose);
            afterwards = Record.Exception(() => Thread.Sleep(1));
        });
        caller.Start();
        caller.Join();
        Assert.Null(fromDispose);
        Assert.IsType<ThreadInterruptedException>(afterwards);
    }
}
