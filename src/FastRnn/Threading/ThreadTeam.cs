namespace FastRnn.Threading;

/// <summary>Persistent background threads that do one job at a time together with the caller. A job costs one barrier and no
/// allocation; idle workers spin for some microseconds and then sleep.</summary>
internal sealed class ThreadTeam : IDisposable
{
    /// <summary>The largest team.</summary>
    public const int MaxThreads = 1024;

    /// <summary>One thread for each processor, as long as there may be so many.</summary>
    public static readonly int DefaultThreads = Math.Min(Environment.ProcessorCount, MaxThreads);

    private static readonly Dictionary<int, ThreadTeam> SharedTeams = [];

    private readonly object turn = new();
    private readonly TeamCore? core;
    private readonly Thread[] threads;
    private int running;
    private bool disposed;

    /// <summary>Starts <paramref name="threads"/> - 1 threads; the caller of <see cref="Run"/> is the remaining worker.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not between 1 and <see cref="MaxThreads"/>.</exception>
    public ThreadTeam(int threads)
        : this(threads, "FastRnn worker")
    {
    }

    private ThreadTeam(int threads, string name)
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
            this.threads[i] = new Thread(() => core.Work(worker)) { IsBackground = true, Name = $"{name} {worker}" };
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

    /// <summary>The team of so many workers that all share who did not ask for threads of their own. It lives as long as the process, and
    /// sleeps while nobody needs it.</summary>
    public static ThreadTeam Shared(int threads)
    {
        lock (SharedTeams)
        {
            if (!SharedTeams.TryGetValue(threads, out var team))
                SharedTeams.Add(threads, team = new ThreadTeam(threads, "FastRnn shared"));
            return team;
        }
    }

    /// <summary>As <see cref="Run"/>, after whoever else is at work with this team. An interruption comes afterwards.</summary>
    public void RunInTurn(ITeamJob job, int count = 0)
    {
        var isInterrupted = false;
        while (!HasTurn(ref isInterrupted))
        {
        }

        try
        {
            Run(job, count);
        }
        finally
        {
            Monitor.Exit(turn);
            if (isInterrupted)
                Thread.CurrentThread.Interrupt();
        }
    }

    private bool HasTurn(ref bool isInterrupted)
    {
        try
        {
            Monitor.Enter(turn);
            return true;
        }
        catch (ThreadInterruptedException)
        {
            isInterrupted = true;
            return false;
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
