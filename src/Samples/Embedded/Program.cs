using FastRnn.Embedded.Measure;
using FastRnn.Samples.Common;

namespace FastRnn.Embedded;

/// <summary>Two models inside a program: <c>FastRnn.Embedded COMMAND</c>.</summary>
internal static class Program
{
    private const string Help = """
        Two recurrent networks inside one small program.

          keywords FILE.wav    the words in a file of 16 kHz, and when they were told
          keywords -           the same for standard input: 16 bits, mono, 16 kHz, no header
          pedal IN.wav OUT.wav plays a file of 48 kHz through the guitar pedal
          pedal                the same from standard input to standard output: floats, 48 kHz, 64 at a time
          widths               the vector widths that this program has on this CPU, narrowest first
          golden               what both models say to fixed numbers, bit by bit
          steps N [MODEL]      N steps of each model between two marks on standard error, and what they allocated; or of one of them:
                               keywords, keywords-int8 or pedal
          measure NAME         one of the measurements of the benchmarks; without a name it says which there are

        FASTRNN_SIMD=128, 256 or 512 in the environment chooses a vector width. Ends with 0, 1 for a failure or 2 for a wrong command line.
        """;

    public static int Main(string[] args)
    {
        try
        {
            // What is still in the buffer is written at the end of this block, and may fail as any other writing.
            using var output = new StreamWriter(StandardStream.OpenOutput());
            return Run(args, output);
        }
        catch (IOException e) when (e.HResult == UnixOutput.NobodyReads)
        {
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is SampleException or IOException or UnauthorizedAccessException or InvalidOperationException
            or ArgumentException or OutOfMemoryException or NotSupportedException)
        {
            Complain(e.Message);
            return e is SampleException own ? own.ExitCode : ExitCodes.Failed;
        }
    }

    private static void Complain(string message)
    {
        try
        {
            using var error = new StreamWriter(StandardStream.OpenError());
            error.WriteLine($"FastRnn.Embedded: {message.ReplaceLineEndings(" ")}");
        }
        catch (IOException)
        {
            // Nobody can be told: the exit code says it.
        }
    }

    private static int Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case [] or ["help" or "--help" or "-h"]:
                output.WriteLine(Help);
                break;
            case ["keywords", "-"]:
                using (var sound = StandardStream.OpenInput())
                {
                    KeywordsCommand.Run(sound, output);
                }

                break;
            case ["keywords", var file]:
                KeywordsCommand.Run(file, output);
                break;
            case ["pedal"]:
                using (Stream sound = StandardStream.OpenInput(), played = StandardStream.OpenOutput())
                {
                    PedalCommand.Run(sound, played);
                }

                break;
            case ["pedal", var from, var to]:
                PedalCommand.Run(from, to);
                break;
            case ["widths"]:
                foreach (var width in SimdWidths.Available)
                {
                    output.WriteLine((int)width);
                }

                break;
            case ["golden"]:
                GoldenCommand.Run(output);
                break;
            case ["steps", var number] when int.TryParse(number, out var steps) && steps > 0:
                StepsCommand.Run(steps, ["keywords", "pedal"], output);
                break;
            case ["steps", var number, "keywords" or "keywords-int8" or "pedal"] when int.TryParse(number, out var steps) && steps > 0:
                StepsCommand.Run(steps, [args[2]], output);
                break;
            case ["measure", .. var words]:
                return MeasureCommand.Run(words, output);
            default:
                throw SampleException.Usage($"not understood: {string.Join(' ', args)}");
        }

        return ExitCodes.Success;
    }
}
