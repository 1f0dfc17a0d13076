namespace FastRnn.Samples.Common;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A goal was missed, a file is not right, or training diverged.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not understood, or a value is out of range.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C, in good order.</summary>
    public const int Interrupted = 130;
}
