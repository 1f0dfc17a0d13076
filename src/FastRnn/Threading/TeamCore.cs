using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastRnn.Threading;

/// <summary>What the threads of a team share. It does not know the <see cref="ThreadTeam"/>, so that a forgotten team can be collected
/// and its threads end.</summary>
internal sealed class TeamCore
{
    private const int SpinMicroseconds = 30;
    private readonly object start = new();
    private readonly object done = new();
    private readonly int workers;
    private readonly long spinTicks;
    private ITeamJob? job;
    private ExceptionDispatchInfo? failure;
    private volatile int generation;
    private volatile int pending;
    private volatile bool stopped;

    public TeamCore(int workers)
    {
        this.workers = workers;

        // A worker that spins while there are fewer cores than workers keeps the core from the one it waits for.
        spinTicks = workers <= Environment.ProcessorCount ? Stopwatch.Frequency * SpinMicroseconds / 1_000_000 : 0;
    }

    /// <summary>Runs the job on all workers, the caller being worker 0.</summary>
    public void Run(ITeamJob job)
    {
        this.job = job;
        pending = this.workers - 1;
        lock (start)
        {
            generation++;
            Monitor.PulseAll(start);
        }

        Execute(job, 0);
        WaitUntilDone();

        this.job = null;
        var failure = this.failure;
        this.failure = null;
        failure?.Throw();
    }

    /// <summary>The life of the thread of one worker.</summary>
    public void Work(int worker)
    {
        for (var seen = 0; ; seen++)
        {
            WaitForNext(seen);
            if (stopped)
                return;

            Execute(this.job!, worker);
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
            generation++;
            Monitor.PulseAll(start);
        }
    }

    private void Execute(ITeamJob job, int worker)
    {
        try
        {
            job.Execute(worker, this.workers);
        }
#pragma warning disable CA1031 // whatever a job throws belongs to the caller of Run, not to a thread of the team
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (done)
                this.failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    private void WaitForNext(int seen)
    {
        var spin = new Spin(spinTicks);
        while (spin.Again())
        {
            if (generation != seen)
                return;
        }

        lock (start)
        {
            while (generation == seen)
                Monitor.Wait(start);
        }
    }

    private void WaitUntilDone()
    {
        var spin = new Spin(spinTicks);
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
