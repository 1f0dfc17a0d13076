namespace FastRnn.Samples.Common;

/// <summary>The sample cannot be run: one line for the user, and the exit code.</summary>
internal sealed class SampleException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static SampleException Usage(string message) => new(message + " (--help shows the options)", ExitCodes.Usage);
}
