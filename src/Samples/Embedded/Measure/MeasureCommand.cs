using System.Globalization;

using FastRnn.Samples.Common;

namespace FastRnn.Embedded.Measure;

/// <summary><c>measure NAME</c>: what this program can do on this machine.</summary>
internal static class MeasureCommand
{
    private const string Usage = """
        measure NAME [--json] [--seconds N] [--rounds N] [--streams N]

          steps     steps a second of both models
          blocks    the pedal at 48 kHz in blocks of 64: distribution of their times (--seconds 20, at most 1000)
          silence   an hour of music, of silence and of 1e-38 through the pedal (--seconds 3600)
          streams   keyword spotters of many streams on two threads, a frame each every 10 ms
                    (--seconds 10, at most 30; --streams 10000, at most 20000)
          start     the first prediction, then the memory of the process; start-int8 the same from int8 weights
        """;

    private const int Most = 100_000;
    private const int MostStreams = 20_000;

    /// <summary>Runs one of them.</summary>
    /// <returns>0, or 2 for words that are not understood.</returns>
    /// <exception cref="SampleException">More seconds or streams than there is room for.</exception>
    public static int Run(string[] args, TextWriter output)
    {
        if (args is [] || !Read(args.AsSpan(1), out var settings))
        {
            output.WriteLine(Usage);
            return 2;
        }

        var findings = new Findings();
        switch (args[0])
        {
            case "steps":
                StepsMeasurement.Run(settings, findings);
                break;
            case "blocks":
                settings.Seconds = Seconds(settings, usual: 20, most: 1000);
                BlocksMeasurement.Run(settings, findings);
                break;
            case "silence":
                settings.Seconds = Seconds(settings, usual: 3600, most: Most);
                SilenceMeasurement.Run(settings, findings);
                break;
            case "streams":
                settings.Seconds = Seconds(settings, usual: 10, most: 30);
                if (settings.Streams > MostStreams)
                {
                    throw SampleException.Usage($"--streams: expected 1 to {MostStreams}, got {settings.Streams}");
                }

                StreamsMeasurement.Run(settings, findings);
                break;
            case "start" or "start-int8":
                StartMeasurement.Run(isInt8: args[0] != "start", output, findings);
                break;
            default:
                output.WriteLine(Usage);
                return 2;
        }

        findings.Write(output, settings.Json);
        return 0;
    }

    /// <summary>All times of a measurement are kept, in a heap that a native program has limited: each has seconds that surely
    /// fit.</summary>
    private static double Seconds(Settings settings, int usual, int most) =>
        settings.Seconds <= 0 ? usual
        : settings.Seconds <= most ? settings.Seconds
        : throw SampleException.Usage($"--seconds: expected 1 to {most}, got {settings.Seconds}");

    private static bool Read(ReadOnlySpan<string> options, out Settings settings)
    {
        settings = new Settings();
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--json")
            {
                settings.Json = true;
                continue;
            }

            if (i + 1 == options.Length || !int.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > Most)
            {
                return false;
            }

            switch (options[i++])
            {
                case "--seconds":
                    settings.Seconds = number;
                    break;
                case "--rounds":
                    settings.Rounds = number;
                    break;
                case "--streams":
                    settings.Streams = number;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
