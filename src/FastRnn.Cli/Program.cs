using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Cli.Commands;
using FastRnn.Cli.Sampling;
using FastRnn.Distributed;
using FastRnn.Files;

namespace FastRnn.Cli;

/// <summary>The command line: <c>fastrnn train | search | sample | info | bench | import | run | export | gradcheck |
/// gradflow</c>.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            // A console of Windows takes the bytes of its own code page otherwise, and shows others than those of the bar.
            Console.OutputEncoding = Encoding.UTF8;
        }

        using var output = Console.OpenStandardOutput();
        RankGroup? ranks;
        try
        {
            ranks = MpiRanks.IsInJob ? MpiRanks.Join() : null;
        }
        catch (MpiException e)
        {
            Console.Error.WriteLine($"fastrnn: {e.Message}");
            return ExitCodes.Failed;
        }

        return ranks.Writes()
            ? Run(args, output, Console.Error, interrupt.Token, !Console.IsOutputRedirected, ranks)
            : Run(args, Stream.Null, Console.Error, interrupt.Token, ranks: ranks);

        // The first signal asks for an orderly end; the second is left to the system, which ends the process at once.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }

    /// <summary>Runs one command, in a process of its own or not.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Standard output: lines in UTF-8, or the bytes of a sample as they are.</param>
    /// <param name="error">Standard error: one line for an error.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    /// <param name="isTerminal">Whether a person is watching, so that a bar may move.</param>
    /// <param name="ranks">The processes that run the command together; null for this one alone.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(
        string[] args, Stream output, TextWriter error, CancellationToken interrupt, bool isTerminal = false, RankGroup? ranks = null)
    {
        using var terminal = new Terminal(output, error, isTerminal, interrupt) { Ranks = ranks };
        try
        {
            CheckWidth();

            // Who says nothing is shown what there is.
            if (args.Length == 0)
                args = ["--help"];

            // A prompt may begin with @: no argument is the name of a file with more of them.
            var parsed = CommandTree.Create(terminal).Parse(
                args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                throw CommandException.Usage(string.Join(" ", parsed.Errors.Select(problem => problem.Message).Distinct()));
            }

            var code = parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Lines,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
            if (parsed.Action is HelpAction)
                terminal.Line($"{ExitCodes.Help}");
            (ranks as MpiRanks)?.Leave();
            return code;
        }
        catch (CommandException e)
        {
            return Fail(e.Lines, e.ExitCode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail([e is ModelFileException ? e.Message : $"{e.Message} ({e.GetType().Name})"], ExitCodes.Failed);
        }
        catch (InvalidOperationException e) when (ranks is not null)
        {
            // Ranks that do not belong together.
            return Fail([e.Message], ExitCodes.Failed);
        }
        catch (OutOfMemoryException)
        {
            return Fail(["not enough memory: choose a smaller model, --batch-size or --sequence-length"], ExitCodes.Failed);
        }

        static void CheckWidth()
        {
            try
            {
                SimdWidths.Resolve(SimdWidth.Auto);
            }
            catch (InvalidOperationException e)
            {
                throw CommandException.Usage(e.Message);
            }
        }

        int Fail(IReadOnlyList<string> lines, int code)
        {
            // What all ranks find, rank 0 says.
            (ranks as MpiRanks)?.Defer();
            var rank = ranks is { Count: > 1 } ? FormattableString.Invariant($"rank {ranks.Rank} of {ranks.Count}: ") : "";
            foreach (var line in lines)
                error.WriteLine($"fastrnn: {rank}{PrintableText.Line(line)}");
            return code;
        }
    }
}
