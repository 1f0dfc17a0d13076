using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>The rows as a page.</summary>
internal static class EmbeddedReport
{
    public static string Markdown(CpuInfo cpu,
        IReadOnlyList<EmbeddedRow> rows, IReadOnlyList<EmbeddedProgram> programs, IReadOnlyList<string> notes, long weightBytes, bool quick)
    {
        var page = new StringBuilder("# Inside a small program\n\nWritten by `embedded").Append(quick ? " --quick" : "")
            .Append(Figures.Invariant(
                $"` on {DateTime.UtcNow:yyyy-MM-dd}, {cpu.Name} ({cpu.Folder}), {RuntimeInformation.FrameworkDescription}. "))
            .Append("`src/Samples/Embedded`: a keyword spotter (GRU 40 -> 154 -> 12) and a guitar pedal (LSTM 1 -> 16 -> 1), "
                + "as an ordinary program and compiled natively, which took turns. ")
            .Append(Figures.Invariant(
                $"Of the size {weightBytes:N0} bytes are weights: the numbers in the program's .safetensors files, without headers.\n"));
        foreach (var note in notes)
        {
            page.Append("\n- ").Append(note).Append('\n');
        }

        string[] names = [.. programs.Select(
            program => Figures.Invariant($"{program.Name} (.NET {Of(program, "framework")}, {Of(program, "vector_bits")} bits)"))];
        page.Append("\n| | ").AppendJoin(" | ", names)
            .Append(" | against JIT | goal | met |\n|---|").Append(string.Concat(Enumerable.Repeat("---|", names.Length + 3))).Append('\n');
        foreach (var figure in EmbeddedFigure.All)
        {
            var line = rows.Where(row => (row.Measurement, row.Name) == (figure.Measurement, figure.Name)).ToList();
            page.Append("| ").Append(figure.Text)
                .Append(" | ").AppendJoin(" | ", line.Select(row => row.Value is { } value ? Value(value, figure.Unit) : "-"))
                .Append(" | ")
                .Append(Ratios(line, figure.Unit)).Append(" | ").Append(Goal(figure)).Append(" | ").Append(Met(line)).Append(" |\n");
        }

        return page.Append(
            """

            Real-time factors are time of work over time of sound: below 1 is in time. Back to back, a block follows the last one at once;
            else the thread sleeps for a millisecond while more than 1.2 ms are left to the block's time, and spins for the rest. Where
            the system wakes it up too late the block's work is no longer, but its end is: the goal is that the end comes before
            the next block is due. Music, silence and 1e-38 take turns of a sixtieth, each with a session of its own. Frames of all
            streams arrive at the same moment, and wait for each other; helpers spin. A stream in a thousand comes and goes with each frame.

            """).ToString();

        double? Of(EmbeddedProgram program, string name) =>
            rows.FirstOrDefault(row => (row.Program, row.Name) == (program.Name, name))?.Value;
    }

    /// <summary>A number as people read it.</summary>
    public static string Value(double value, string unit, string before = "") => before + unit switch
    {
        "ns" => Figures.Time(value),
        "us" => Figures.Time(value * 1e3),
        "ms" => Figures.Time(value * 1e6),
        "s" => Figures.Time(value * 1e9),
        "bytes" when value >= 1e6 => Figures.Invariant($"{value / 1e6:0.00} MB"),
        "bytes" => Figures.Invariant($"{value:N0} B"),
        _ => value >= 1000 ? Figures.Invariant($"{value:N0}") : Figures.Invariant($"{value:0.####}"),
    };

    private static string Goal(EmbeddedFigure figure) =>
        figure.AtMost is { } most ? Value(most, figure.Unit, "<= ") : figure.AtLeast is { } least ? Value(least, figure.Unit, ">= ") : "-";

    private static string Ratios(List<EmbeddedRow> line, string unit) =>
        unit is "ns" or "us" or "ms" or "s" && line[0].Value is { } jit and > 0
            ? string.Join(", ", line.Skip(1).Select(row => row.Value is { } value ? Figures.Invariant($"{value / jit:0.00}") : "-"))
            : "";

    private static string Met(List<EmbeddedRow> line)
    {
        var missed = line.Where(row => row.Met == false).Select(row => row.Program).ToList();
        return missed.Count > 0 ? $"**NO** ({string.Join(", ", missed)})" : line.Exists(row => row.Met == true) ? "yes" : "-";
    }
}
