namespace FastRnn.Cli;

/// <summary>The command cannot be done: one line for the user (or several errors with a line each), and the exit code.</summary>
internal sealed class CommandException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>One for each error.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [message];

    /// <summary>Several errors in one file.</summary>
    public static CommandException Failed(IReadOnlyList<string> lines) => new(string.Join(" ", lines), ExitCodes.Failed) { Lines = lines };

    public static CommandException Failed(string message) => new(message, ExitCodes.Failed);

    public static CommandException Usage(string message) =>
        new($"{message} (--help after a command shows its options)", ExitCodes.Usage);
}
