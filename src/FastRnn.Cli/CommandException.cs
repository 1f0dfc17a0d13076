namespace FastRnn.Cli;

/// <summary>The command cannot be done: one line for the user, and the exit code.</summary>
internal sealed class CommandException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Failed(string message) => new(message, ExitCodes.Failed);

    public static CommandException Usage(string message) =>
        new($"{message} (--help after a command shows its options)", ExitCodes.Usage);
}
