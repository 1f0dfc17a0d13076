namespace FastRnn.Threading;

/// <summary>Persistent background threads that do one job at a time together with the caller. A job costs one barrier and no
/// allocation; idle workers spin for some microseconds and then sleep.</summary>
internal sealed class ThreadTeam : IDisposable
{
    /// <summary>The largest team.</summary>
    public const int MaxThreads = 1024;

    /// <summary>One thread for each processor, as long as there may be so many.</summary>
    public static readonly int DefaultThreads = Math.Min(Environment.ProcessorCount, MaxThreads);

    private readonly TeamCore? core;
    private readonly Thread[] threads;
    private int running;
    private bool disposed;

    /// <summary>Starts <paramref name="threads"/> - 1 threads; the caller of <see cref="Run"/> is the remaining worker.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not between 1 and <see cref="MaxThreads"/>.</exception>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        Threads = threads;
        this.threads = new Thread[threads - 1];
        if (threads == 1)
            return;

        var core = new TeamCore(threads);
        this.core = core;
        for (var i = 0; i < this.threads.Length; i++)
        {
            var worker = i + 1;
            this.threads[i] = new Thread(() => core.Work(worker)) { IsBackground = true, Name = $"FastRnn worker {worker}" };
            this.threads[i].Start();
        }
    }

    /// <summary>Lets the threads of a forgotten team end.</summary>
    ~ThreadTeam() => this.core?.Stop();

    /// <summary>The number of workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>A number of workers that may be chosen; 0 leaves it to the program.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or above <see cref="MaxThreads"/>.</exception>
    public static void Check(int threads, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads, name);
    }

    /// <summary>Lets workers do their parts of the job and returns when all are done. If parts fail, the first exception caught is
    /// thrown after that, and the team stays usable.</summary>
    /// <exception cref="InvalidOperationException">The team is at work: a job may not run another on its own team, and two threads may not
    /// use one at the same time.</exception>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <param name="job">What is done.</param>
    /// <param name="count">The workers that take part: those from 0 on, at least 1; 0 for all. A part of the job is told how many they
    /// are.</param>
    public void Run(ITeamJob job, int count = 0)
    {
        Enter();
        try
        {
            ObjectDisposedException.ThrowIf(this.disposed, this);
            count = count == 0 ? Threads : Math.Min(count, Threads);
            if (this.core == null || count == 1)
                job.Execute(0, 1);
            else
                this.core.Run(job, count);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Ends the threads and waits for them, even if the caller is interrupted; then it is interrupted again afterwards.</summary>
    /// <exception cref="InvalidOperationException">The team is at work.</exception>
    public void Dispose()
    {
        Enter();
        try
        {
            if (this.disposed)
                return;
            this.disposed = true;
            var isInterrupted = false;
            while (!HasEnded(ref isInterrupted))
            {
            }

            GC.SuppressFinalize(this);
            if (isInterrupted)
                Thread.CurrentThread.Interrupt();
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Waits for the threads; false if it was interrupted, because an owner gives their memory back afterwards and must not do it
    /// early, or never.</summary>
    private bool HasEnded(ref bool isInterrupted)
    {
        try
        {
            this.core?.Stop();
            foreach (var thread in this.threads)
                thread.Join();
            return true;
        }
        catch (ThreadInterruptedException)
        {
            isInterrupted = true;
            return false;
        }
    }

    private void Enter()
    {
        if (Interlocked.CompareExchange(ref running, 1, 0) != 0)
            throw new InvalidOperationException(
                "The thread team is already at work: it does one job at a time, and a job may not start another on it.");
    }
}
