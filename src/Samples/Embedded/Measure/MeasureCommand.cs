using System.Globalization;

namespace FastRnn.Embedded.Measure;

/// <summary><c>measure NAME</c>: what this program can do on this machine.</summary>
internal static class MeasureCommand
{
    private const string Usage = """
        measure NAME [--json] [--seconds N] [--rounds N] [--streams N]

          steps     steps a second of both models
          blocks    the pedal at 48 kHz in blocks of 64: distribution of their times (--seconds 20)
          silence   an hour of music, of silence and of 1e-38 through the pedal (--seconds 3600)
          streams   keyword spotters of many streams on two threads, a frame each every 10 ms (--seconds 10, --streams 10000)
          start     the first prediction, then the memory of the process
        """;

    /// <summary>Runs one of them.</summary>
    /// <returns>0, or 2 for words that are not understood.</returns>
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
                settings.Seconds = settings.Seconds > 0 ? settings.Seconds : 20;
                BlocksMeasurement.Run(settings, findings);
                break;
            case "silence":
                settings.Seconds = settings.Seconds > 0 ? settings.Seconds : 3600;
                SilenceMeasurement.Run(settings, findings);
                break;
            case "streams":
                settings.Seconds = settings.Seconds > 0 ? settings.Seconds : 10;
                StreamsMeasurement.Run(settings, findings);
                break;
            case "start":
                StartMeasurement.Run(output, findings);
                break;
            default:
                output.WriteLine(Usage);
                return 2;
        }

        findings.Write(output, settings.Json);
        return 0;
    }

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

            if (i + 1 == options.Length || !int.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 100_000)
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
