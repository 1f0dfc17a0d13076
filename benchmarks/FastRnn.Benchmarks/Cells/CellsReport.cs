using System.Globalization;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Cells;

/// <summary>The rows as a page.</summary>
internal static class CellsReport
{
    public static string Line(CellRow row) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{row.Group}, {row.Name}: {row.Parameters:N0} parameters, training {Figures.Time(row.TrainNs)} "
                + $"({row.TrainNs / row.Positions:0} ns a position), stream {Figures.Time(row.StepNs)}, {row.AllocatedBytes} "
                + $"bytes allocated");

    public static string Markdown(CpuInfo cpu, IReadOnlyList<CellRow> rows, bool quick)
    {
        var page = new StringBuilder("# Cells, shapes of models, lengths\n\n")
            .Append("Written by `cells").Append(quick ? " --quick" : "")
            .Append("` on ").Append(Figures.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}")).Append(", ").Append(cpu.Name)
            .Append(string.Create(CultureInfo.InvariantCulture,
                $". 64 inputs, 128 units, 32 classes; training is a whole step (forward, loss, backward, clipping, "
                    + $"Adam) of {CellsRun.Batch} sequences of {CellsRun.Steps} steps on {CellsRun.Threads} threads, "))
            .Append("a stream is one call a step on one. Medians of rounds in turns.\n");
        Table(page, rows, "cells", "cell", "LSTM", "Each against the LSTM.");
        Table(page, rows, "shapes", "an LSTM, and", "plain", "Each against the plain LSTM; an encoder reads as many steps as its decoder.");
        Table(page, rows, "losses", "Elman 32 with 512 outputs, and", "mean squared error",
            "The library's losses beside losses that are written as equations; each against the mean squared error.");
        Table(page, rows, "lengths", "lengths of 64 sequences", "all 32",
            "A ragged batch costs what the sum of its lengths costs: time a position against equal lengths.");
        return page.ToString();
    }

    private static void Table(StringBuilder page, IReadOnlyList<CellRow> all, string group, string what, string basis, string text)
    {
        var rows = all.Where(row => row.Group == group).ToList();
        var one = rows.Single(row => row.Name == basis);
        var streams = rows.Exists(row => row.StepNs is not null);
        page.Append("\n## ").Append(char.ToUpperInvariant(group[0])).Append(group.AsSpan(1)).Append("\n\n").Append(text).Append("\n\n");
        page.Append("| ").Append(what).Append(" | parameters | training step | ns a position | of it |")
            .Append(streams ? " stream, a step | of it |" : "").Append('\n');
        page.Append("|---|---|---|---|---|").Append(streams ? "---|---|" : "").Append('\n');
        foreach (var row in rows)
        {
            var (ns, basisNs) = (row.TrainNs / row.Positions, one.TrainNs / one.Positions);
            page.Append(
                Figures.Invariant($"| {row.Name} | {row.Parameters:N0} | {Figures.Time(row.TrainNs)} | {ns:0} | {ns / basisNs:0.00} |"))
                .Append(streams ? Figures.Invariant($" {Figures.Time(row.StepNs)} | {row.StepNs / one.StepNs:0.00} |") : "").Append('\n');
        }
    }
}
