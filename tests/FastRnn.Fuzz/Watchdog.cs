namespace FastRnn.Fuzz;

/// <summary>Ends the process if one input takes too long, and says which.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code of a process that it ended.</summary>
    public const int Hangs = 3;

    private const int MostLooks = 60;

    private readonly Timer timer;
    private readonly Action<long> hangs;
    private long number;
    private int looks;

    /// <summary>Begins to look.</summary>
    /// <param name="hangs">Is told the number of the input before the process ends.</param>
    public Watchdog(Action<long> hangs)
    {
        this.hangs = hangs;
        Begin(0);
        timer = new Timer(_ => Look(), null, 1000, 1000);
    }

    /// <summary>An input is read from now on.</summary>
    public void Begin(long input)
    {
        Volatile.Write(ref number, input);
        Volatile.Write(ref looks, 0);
    }

    public void Dispose() => timer.Dispose();

    // Counted, and not by a clock, which goes on while the process is stopped.
    private void Look()
    {
        if (Interlocked.Increment(ref looks) <= MostLooks)
            return;
        hangs(Volatile.Read(ref number));
        Environment.Exit(Hangs);
    }
}
