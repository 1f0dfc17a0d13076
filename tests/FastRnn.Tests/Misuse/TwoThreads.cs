namespace FastRnn.Tests.Misuse;

/// <summary>One thread works in an object, and a second one comes in.</summary>
internal static class TwoThreads
{
    /// <summary>After so many long calls something would be wrong: the second thread comes into the first of them.</summary>
    private const int MostRounds = 1000;

    /// <summary>Between the first thread's two calls a second thread may come in, and the first one finds what it left.</summary>
    public static bool Between(Exception e) => e is InvalidOperationException or ArgumentException;

    /// <summary>Calls again and again until the call came while the other thread, which works without a break, was in its own.</summary>
    public static void DuringACall(string name, Action call, string type, Action work, Func<Exception, bool>? allowed = null)
    {
        var (seen, entered) = (false, false);
        Exception? failure = null;
        var worker = new Thread(() =>
        {
            for (var round = 0; round < MostRounds && !Volatile.Read(ref seen);)
            {
                try
                {
                    Volatile.Write(ref entered, true);
                    work();
                    round++;
                }
#pragma warning disable CA1031 // what a thread throws is the test's to tell
                catch (Exception e)
#pragma warning restore CA1031
                {
                    // The second thread was inside for a moment; then it is this one that is refused.
                    if (!IsInUse(e, type) && allowed?.Invoke(e) != true)
                    {
                        failure = e;
                        return;
                    }

                    // No round: the second thread may have been stopped in there, and then all rounds would be gone in no time.
                    Thread.Yield();
                }
            }
        });
        worker.Start();
        while (!Volatile.Read(ref entered))
            Thread.Yield();
        while (!seen && worker.IsAlive)
        {
            var refusal = Record.Exception(call);
            Assert.True(refusal is null || IsInUse(refusal, type) || allowed?.Invoke(refusal) == true, $"{name}: {refusal}");
            if (IsInUse(refusal, type))
                Volatile.Write(ref seen, true);
        }

        worker.Join();
        Assert.Null(failure);
        Assert.True(seen, $"{name} was never refused");
    }

    /// <summary>One object after the other, until one was to be disposed of in the middle of a call: then that call goes on to its
    /// end.</summary>
    public static void DisposedDuringACall<T>(Func<T> create, Action<T> work)
        where T : IDisposable
    {
        Exception? refusal = null;
        for (var round = 0; round < MostRounds && refusal is null; round++)
        {
            var (one, entered) = (create(), false);
            Exception? failure = null;
            var worker = new Thread(() =>
            {
                Volatile.Write(ref entered, true);
                failure = Record.Exception(() => work(one));
            });
            worker.Start();
            while (!Volatile.Read(ref entered))
                Thread.Yield();
            refusal = Record.Exception(one.Dispose);
            worker.Join();
            if (refusal is null)
            {
                // It came too early or too late.
                Assert.True(failure is null or ObjectDisposedException, $"{failure}");
                continue;
            }

            Assert.True(IsInUse(refusal, typeof(T).Name.Split('`')[0]), $"{refusal}");
            Assert.Null(failure);
            work(one);
            one.Dispose();
            Assert.Throws<ObjectDisposedException>(() => work(one));
        }

        Assert.NotNull(refusal);
    }

    private static bool IsInUse(Exception? e, string type) =>
        e is InvalidOperationException
            && e.Message.Contains($"Another thread is in this {type}: it serves one thread at a time", StringComparison.Ordinal);
}
