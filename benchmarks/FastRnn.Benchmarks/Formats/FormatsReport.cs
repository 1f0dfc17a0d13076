using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The rows as a page.</summary>
internal static class FormatsReport
{
    public static string Line(FormatRow row)
    {
        var (single, bfloat16, int8) = (row.Ns[0], row.Ns[1], row.Ns[2]);
        return $"| {row.Shape} | {Figures.Time(single)} | {Figures.Time(bfloat16)} | {Figures.Time(int8)} "
            + Figures.Invariant($"| {single / bfloat16:0.00} | {single / int8:0.00} | {Goal(row)} | {row.AllocatedBytes} |");
    }

    public static string Markdown(CpuInfo cpu, IReadOnlyList<FormatRow> rows, bool quick)
    {
        var page = new StringBuilder("# Formats of weights\n\n")
            .Append("Written by `formats").Append(quick ? " --quick" : "").Append("` on ")
            .Append(Figures.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}")).Append(", ").Append(cpu.Name)
            .Append(". A step of all sequences; medians of rounds in turns.\n\n")
            .Append("| shape | float | bfloat16 | int8 | float / bfloat16 | float / int8 | goal, met | bytes allocated |\n")
            .Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            page.Append(Line(row)).Append('\n');
        }

        return page.ToString();
    }

    private static string Goal(FormatRow row) =>
        row.Goal == 0 ? "-" : Figures.Invariant($"{row.Goal:0.0}, {(row.Ns[0] / row.Ns[2] >= row.Goal ? "yes" : "no")}");
}
