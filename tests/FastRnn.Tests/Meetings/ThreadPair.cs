using System.Diagnostics;

namespace FastRnn.Tests.Meetings;

/// <summary>Two threads that begin at the same moment, or one a little later, and a third one that collects garbage meanwhile.</summary>
internal sealed class ThreadPair : IDisposable
{
    private readonly Barrier together = new(3);
    private readonly Thread second;
    private readonly Thread third;
    private Action? job;
    private long late;
    private bool collects;
    private volatile bool isOver;

    public ThreadPair()
    {
        second = new Thread(() => Work(() => After(late, job!))) { IsBackground = true };
        third = new Thread(() => Work(Collect)) { IsBackground = true };
        second.Start();
        third.Start();
    }

    /// <summary>Runs both to their ends.</summary>
    /// <param name="first">On this thread.</param>
    /// <param name="other">On another.</param>
    /// <param name="firstLate">How many ticks later than it could.</param>
    /// <param name="otherLate">The same of the other.</param>
    /// <param name="collects">Whether the third thread does something.</param>
    public void Run(Action first, Action other, long firstLate, long otherLate, bool collects)
    {
        (job, late, this.collects) = (other, otherLate, collects);
        together.SignalAndWait();
        After(firstLate, first);
        together.SignalAndWait();
    }

    public void Dispose()
    {
        isOver = true;
        together.SignalAndWait();
        second.Join();
        third.Join();
        together.Dispose();
    }

    private void Work(Action work)
    {
        while (true)
        {
            together.SignalAndWait();
            if (isOver)
                return;
            work();
            together.SignalAndWait();
        }
    }

    private void Collect()
    {
        if (!collects)
            return;

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static void After(long ticks, Action action)
    {
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetTimestamp() - begin < ticks;)
            Thread.SpinWait(4);
        action();
    }
}
