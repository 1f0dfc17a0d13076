using System.Globalization;
using System.Runtime.InteropServices;

using FastRnn.Files;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples;

/// <summary>The samples: <c>dotnet run -c Release --project src/Samples -- NAME [options]</c>.</summary>
internal static class Program
{
    /// <summary>Every sample; a new one is added here.</summary>
    public static readonly IReadOnlyList<ISample> Samples =
    [
        new Audio.AudioSample(),
        new Forecasting.ForecastSample(),
        new Dates.DatesSample(),
        new Movements.MovementSample(),
        new Strokes.StrokeSample(),
        new Reversal.ReversalSample(),
        new Captions.CaptionSample(),
        new Music.MusicSample(),
        new Memory.AddingSample(),
        new Memory.CopySample(),
        new Keywords.KeywordSample(),
    ];

    public static int Main(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return Run(args, Console.Out, Console.Error, interrupt.Token, isTerminal: !Console.IsOutputRedirected);

        // The first Ctrl-C asks for an orderly end; the second is left to the system, which ends the process at once.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }

    /// <summary>Runs a sample, in a process of its own or not.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken interrupt, bool isTerminal = false)
    {
        try
        {
            if (args is [] or ["--list"] or ["--help"])
            {
                List(output);
                return ExitCodes.Success;
            }

            var sample = Samples.FirstOrDefault(sample => sample.Name == args[0])
                ?? throw new SampleException($"there is no sample '{args[0]}' (--list shows them)", ExitCodes.Usage);
            return Run(sample, args.AsSpan(1), output, isTerminal, interrupt);
        }
        catch (Exception e) when (e is SampleException or ModelFileException or NonFiniteLossException or IOException
            or UnauthorizedAccessException)
        {
            error.WriteLine($"samples: {e.Message.ReplaceLineEndings(" ")}");
            return e is SampleException own ? own.ExitCode : ExitCodes.Failed;
        }
    }

    private static int Run(ISample sample, ReadOnlySpan<string> words, TextWriter output, bool isTerminal, CancellationToken interrupt)
    {
        IReadOnlyList<Option> known = [.. sample.Options, .. CommonOptions.All];
        var options = new Options(words, known);
        if (options.Has("help"))
        {
            output.WriteLine($"{sample.Name}: {sample.Summary}");
            WriteTable(output, known.Select(option => (option.ToString(), option.Help)));
            return ExitCodes.Success;
        }

        var common = new CommonOptions(sample.Name, options);
        var run = new SampleRun(common, options, output, isTerminal, interrupt);
        sample.Run(run);

        var reached = run.Figures.All(figure => figure.Reached);
        var end = interrupt.IsCancellationRequested ? ", interrupted" : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{run.StepCount} steps of training in {run.TrainingSeconds:f1} s{end}"));
        if (common.Json)
        {
            output.WriteLine(JsonLine.Of(sample, run, reached));
        }

        return interrupt.IsCancellationRequested ? ExitCodes.Interrupted : reached ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static void List(TextWriter output)
    {
        output.WriteLine("dotnet run -c Release --project src/Samples -- NAME [options]");
        WriteTable(output, Samples.Select(sample => (sample.Name, sample.Summary)));
        output.WriteLine("Options of every sample:");
        WriteTable(output, CommonOptions.All.Select(option => (option.ToString(), option.Help)));
    }

    private static void WriteTable(TextWriter output, IEnumerable<(string Left, string Right)> rows)
    {
        foreach (var (left, right) in rows)
        {
            output.WriteLine($"  {left,-16}{right}");
        }
    }
}
