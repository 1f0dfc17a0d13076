using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastRnn.Threading;

/// <summary>What the threads of a team share. It does not know the <see cref="ThreadTeam"/>, so that a forgotten team can be collected
/// and its threads end.</summary>
internal sealed class TeamCore
{
    // A wait without sleep is as long as the work before it, so that it at most doubles what the thread takes from others, and between
    // these two. To wake a thread takes 50 to 200 microseconds, of which who sleeps and who waits for the sleeper both lose all: a wait of
    // that length costs at most twice what the best choice would (Karlin et al. 1991, "Empirical studies of competitive spinning for a
    // shared-memory multiprocessor"). The short jobs of a step of a small model follow each other within it.
    private const int LeastSpinMicroseconds = 200;
    private const int MostSpinMicroseconds = 1000;

    // A ticket is the number of a run, and in these bits how many workers take part in it: both are read at once.
    private const int CountBits = 11;
    private readonly object start = new();
    private readonly object done = new();
    private readonly long leastSpin;
    private readonly long mostSpin;
    private ITeamJob? job;
    private ExceptionDispatchInfo? failure;
    private long ticket;
    private volatile int pending;
    private volatile bool stopped;

    public TeamCore(int workers)
    {
        // A worker that spins while there are fewer cores than workers keeps the core from the one it waits for.
        if (workers <= Environment.ProcessorCount)
        {
            leastSpin = Stopwatch.Frequency * LeastSpinMicroseconds / 1_000_000;
            mostSpin = Stopwatch.Frequency * MostSpinMicroseconds / 1_000_000;
        }
    }

    /// <summary>Runs the job on the first <paramref name="count"/> workers, 2 to all, the caller being worker 0.</summary>
    public void Run(ITeamJob job, int count)
    {
        this.job = job;
        pending = count - 1;
        lock (start)
        {
            Volatile.Write(ref ticket, Next(count));
            Monitor.PulseAll(start);
        }

        var begin = Stopwatch.GetTimestamp();
        Execute(job, 0, count);
        WaitUntilDone(SpinAfter(begin));

        this.job = null;
        var failure = this.failure;
        this.failure = null;
        failure?.Throw();
    }

    /// <summary>The life of the thread of one worker.</summary>
    public void Work(int worker)
    {
        var (seen, spin) = (0L, leastSpin);
        while (true)
        {
            seen = WaitForNext(seen, spin);
            if (stopped)
                return;

            // Whoever does not take part may see the next ticket in place of this one; whoever does is waited for.
            var count = (int)(seen & ((1 << CountBits) - 1));
            if (worker >= count)
            {
                spin = 0;
                continue;
            }

            var begin = Stopwatch.GetTimestamp();
            Execute(this.job!, worker, count);
            spin = SpinAfter(begin);
            if (Interlocked.Decrement(ref pending) == 0)
            {
                lock (done)
                    Monitor.Pulse(done);
            }
        }
    }

    /// <summary>Lets the threads end.</summary>
    public void Stop()
    {
        lock (start)
        {
            stopped = true;
            Volatile.Write(ref ticket, Next(count: 0));
            Monitor.PulseAll(start);
        }
    }

    private long Next(int count) => (((ticket >> CountBits) + 1) << CountBits) | (uint)count;

    private long SpinAfter(long begin) => Math.Clamp(Stopwatch.GetTimestamp() - begin, leastSpin, mostSpin);

    private void Execute(ITeamJob job, int worker, int count)
    {
        try
        {
            job.Execute(worker, count);
        }
#pragma warning disable CA1031 // whatever a job throws belongs to the caller of Run, not to a thread of the team
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (done)
                this.failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <returns>The next ticket.</returns>
    private long WaitForNext(long seen, long ticks)
    {
        var spin = new Spin(ticks);
        while (spin.Again())
        {
            if (Volatile.Read(ref ticket) is var next && next != seen)
                return next;
        }

        lock (start)
        {
            while (ticket == seen)
                Monitor.Wait(start);
            return ticket;
        }
    }

    private void WaitUntilDone(long ticks)
    {
        var spin = new Spin(ticks);
        while (spin.Again())
        {
            if (pending == 0)
                return;
        }

        var isInterrupted = false;
        while (pending != 0)
        {
            try
            {
                lock (done)
                {
                    while (pending != 0)
                        Monitor.Wait(done);
                }
            }
            catch (ThreadInterruptedException)
            {
                // The others are still at work in the caller's memory: the call does not return before they have done.
                isInterrupted = true;
            }
        }

        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    /// <summary>Waiting without sleep: first alone, then offering the core to any other thread, because that may be the one waited
    /// for.</summary>
    private struct Spin(long ticks)
    {
        private readonly long begin = Stopwatch.GetTimestamp();

        public readonly bool Again()
        {
            var elapsed = Stopwatch.GetTimestamp() - begin;
            if (elapsed >= ticks)
                return false;
            Thread.SpinWait(8);
            if (elapsed > ticks / 8)
                Thread.Yield();
            return true;
        }
    }
}
