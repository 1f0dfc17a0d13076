using System.Diagnostics;

namespace FastRnn.Fuzz;

/// <summary>Ends the process if one input takes too long, and says which.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code of a process that it ended.</summary>
    public const int Hangs = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Timer timer;
    private readonly Action<long> hangs;
    private long number;
    private long since;

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
        Volatile.Write(ref since, Stopwatch.GetTimestamp());
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)) < Longest)
            return;
        hangs(Volatile.Read(ref number));
        Environment.Exit(Hangs);
    }
}
