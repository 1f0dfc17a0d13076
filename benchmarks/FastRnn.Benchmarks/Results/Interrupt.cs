using System.Runtime.InteropServices;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Results;

/// <summary>Ctrl-C: the first asks for an orderly end, at which nothing is written; the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>Of a process that was interrupted.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interrupt() => registrations =
        [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]).Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    public CancellationToken Token => source.Token;

    /// <summary>Runs a command; its errors become a line and an exit code.</summary>
    public static int Guard(Func<CancellationToken, int> command)
    {
        using var interrupt = new Interrupt();
        try
        {
            return command(interrupt.Token);
        }
        catch (Exception) when (interrupt.Token.IsCancellationRequested)
        {
            // A peer's own process gets the signal, too, and may be the first to complain.
            Console.Error.WriteLine("interrupted: nothing was written");
            return ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PeerException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
