using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastRnn.Threading;

/// <summary>What the threads of a team share. It does not know the <see cref="ThreadTeam"/>, so that a forgotten team can be collected
/// and its threads end.</summary>
internal sealed class TeamCore
{
    private const int SpinMicroseconds = 30;
    private readonly object _start = new();
    private readonly object _done = new();
    private readonly int _workers;
    private readonly long _spinTicks;
    private ITeamJob? _job;
    private ExceptionDispatchInfo? _failure;
    private volatile int _generation;
    private volatile int _pending;
    private volatile bool _stopped;

    public TeamCore(int workers)
    {
        _workers = workers;

        // Whoever spins while there are fewer cores than workers keeps the core from the one it waits for.
        _spinTicks = workers <= Environment.ProcessorCount ? Stopwatch.Frequency * SpinMicroseconds / 1_000_000 : 0;
    }

    /// <summary>Runs the job on all workers, the caller being worker 0.</summary>
    public void Run(ITeamJob job)
    {
        _job = job;
        _pending = _workers - 1;
        lock (_start)
        {
            _generation++;
            Monitor.PulseAll(_start);
        }

        Execute(job, 0);
        WaitUntilDone();

        _job = null;
        var failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>The life of the thread of one worker.</summary>
    public void Work(int worker)
    {
        for (var seen = 0; ; seen++)
        {
            WaitForNext(seen);
            if (_stopped)
                return;

            Execute(_job!, worker);
            if (Interlocked.Decrement(ref _pending) == 0)
            {
                lock (_done)
                    Monitor.Pulse(_done);
            }
        }
    }

    /// <summary>Lets the threads end.</summary>
    public void Stop()
    {
        lock (_start)
        {
            _stopped = true;
            _generation++;
            Monitor.PulseAll(_start);
        }
    }

    private void Execute(ITeamJob job, int worker)
    {
        try
        {
            job.Execute(worker, _workers);
        }
#pragma warning disable CA1031 // whatever a job throws belongs to the caller of Run, not to a thread of the team
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_done)
                _failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    private void WaitForNext(int seen)
    {
        var spin = new Spin(_spinTicks);
        while (spin.Again())
        {
            if (_generation != seen)
                return;
        }

        lock (_start)
        {
            while (_generation == seen)
                Monitor.Wait(_start);
        }
    }

    private void WaitUntilDone()
    {
        var spin = new Spin(_spinTicks);
        while (spin.Again())
        {
            if (_pending == 0)
                return;
        }

        lock (_done)
        {
            while (_pending != 0)
                Monitor.Wait(_done);
        }
    }

    /// <summary>Waiting without sleep: first alone, then offering the core to whoever wants it, because that may be the one waited for.</summary>
    private struct Spin(long ticks)
    {
        private readonly long _begin = Stopwatch.GetTimestamp();

        public readonly bool Again()
        {
            var elapsed = Stopwatch.GetTimestamp() - _begin;
            if (elapsed >= ticks)
                return false;
            Thread.SpinWait(8);
            if (elapsed > ticks / 8)
                Thread.Yield();
            return true;
        }
    }
}
