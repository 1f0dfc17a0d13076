namespace FastRnn.Cli;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A file is missing, damaged or cannot be written; a gradient is wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not understood, or a value is out of range.</summary>
    public const int Usage = 2;

    /// <summary>The loss or the gradient is no finite number any more; the last good state is kept.</summary>
    public const int Diverged = 3;

    /// <summary>Ended by Ctrl-C or SIGTERM, in good order.</summary>
    public const int Interrupted = 130;

    public const string Help =
        "Exit codes: 0 done; 1 failed (a file, a gradient); 2 wrong usage; 3 training diverged, last good state kept; 130 interrupted.";
}
