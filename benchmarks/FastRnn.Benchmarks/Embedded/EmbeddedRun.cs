using System.Buffers.Binary;
using System.Globalization;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>All measurements of all programs, in turns.</summary>
internal sealed class EmbeddedRun(IReadOnlyList<EmbeddedProgram> programs, bool quick, CancellationToken interrupt)
{
    private readonly Dictionary<(string Program, string Measurement), List<Dictionary<string, double>>> found = [];

    private int Starts => quick ? 5 : 20;

    public IReadOnlyList<EmbeddedRow> Run()
    {
        StartUp();
        InTurns("steps", quick ? 1 : 3, "--rounds", quick ? 3 : 9);
        InTurns("blocks", 1, "--seconds", quick ? 3 : 20);
        InTurns("silence", 1, "--seconds", quick ? 240 : 3600);
        InTurns("streams", 1, "--seconds", quick ? 3 : 10);
        return [.. from figure in EmbeddedFigure.All from program in programs select Row(figure, program)];
    }

    /// <summary>Bytes of all numbers in the weights' files that are built into the program.</summary>
    public static long WeightBytes(string folder)
    {
        long sum = 0;
        Span<byte> header = stackalloc byte[8];
        foreach (var file in Directory.EnumerateFiles(folder, "*.safetensors"))
        {
            using var stream = File.OpenRead(file);
            stream.ReadExactly(header);
            sum += stream.Length - header.Length - BinaryPrimitives.ReadInt64LittleEndian(header);
        }

        return sum;
    }

    private void StartUp()
    {
        var times = programs.ToDictionary(program => program, _ => new List<double>());
        for (var i = 0; i <= Starts; i++)
        {
            foreach (var program in programs)
            {
                var (lines, milliseconds) = program.Run(["measure", "start", "--json"], interrupt);
                if (i > 0)
                {
                    // The first one reads the file from the disk.
                    times[program].Add(milliseconds);
                    Keep(program, EmbeddedFigure.FromOutside, EmbeddedProgram.Findings(lines));
                    var (int8, _) = program.Run(["measure", "start-int8", "--json"], interrupt);
                    Keep(program, EmbeddedFigure.FromOutside, EmbeddedProgram.Findings(int8));
                }
            }
        }

        foreach (var program in programs)
        {
            var (sorted, once) = (times[program].Order().ToList(), new Dictionary<string, double>(StringComparer.Ordinal));
            once["start_p50_ms"] = sorted[sorted.Count / 2];
            once["start_worst_ms"] = sorted[^1];
            if (program.IsNative)
            {
                var size = new FileInfo(program.Path).Length;
                (once["size_bytes"], once["size_without_weights_bytes"]) = (size, size - WeightBytes(EmbeddedBuilds.Source));
            }

            if (SystemCalls.Count(program, interrupt) is { } calls)
            {
                once["system_calls"] = calls;
            }

            Keep(program, EmbeddedFigure.FromOutside, once);
        }
    }

    private void InTurns(string measurement, int rounds, string option, int number)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var program in programs)
            {
                Console.WriteLine($"measuring: {measurement}, {program.Name}");
                var figures = program.Measure([measurement, option, number.ToString(CultureInfo.InvariantCulture)], interrupt);
                if (EmbeddedFigure.All.FirstOrDefault(figure =>
                    figure.Measurement == measurement && !figures.ContainsKey(figure.Name)) is { } missing)
                {
                    throw new IOException(
                        $"{program.Name}: measure {measurement}: expected the figure {missing.Name}, "
                            + $"found {string.Join(", ", figures.Keys)}");
                }

                Keep(program, measurement, figures);
            }
        }
    }

    private void Keep(EmbeddedProgram program, string measurement, Dictionary<string, double> figures)
    {
        if (!found.TryGetValue((program.Name, measurement), out var all))
        {
            found[(program.Name, measurement)] = all = [];
        }

        all.Add(figures);
    }

    private EmbeddedRow Row(EmbeddedFigure figure, EmbeddedProgram program)
    {
        var values = found[(program.Name, figure.Measurement)]
            .Where(figures => figures.ContainsKey(figure.Name)).Select(figures => figures[figure.Name]).Order().ToList();
        double? value = values.Count == 0 ? null : values[values.Count / 2];
        var goal = figure.NativeOnly && !program.IsNative ? null : figure.AtMost;
        bool? met = value is null || (goal ?? figure.AtLeast) is null ? null : goal is { } most ? value <= most : value >= figure.AtLeast;
        return new(program.Name, figure.Measurement, figure.Name, figure.Text, value, figure.Unit, goal, figure.AtLeast, met);
    }
}
