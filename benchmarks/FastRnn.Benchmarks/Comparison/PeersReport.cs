using System.Globalization;
using System.Text;

using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>The results as a page.</summary>
internal sealed class PeersReport(
    MachineProbe machine, IReadOnlyList<ComparisonRow> rows, IReadOnlyList<string> refusals, PeersRequest request)
{
    /// <summary>What stands under the table.</summary>
    public IEnumerable<string> Closing()
    {
        foreach (var line in GeometricMeans.Lines(rows))
        {
            yield return line;
        }

        var judged = rows.Where(row => row.GoalMet is not null).ToList();
        yield return string.Create(CultureInfo.InvariantCulture,
            $"goals: {judged.Count(row => row.GoalMet == true)} of {judged.Count} rows meet theirs; {rows.Count(row => row.Ratio < 1)} "
                + $"of {rows.Count} rows are behind their peer");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"allocated in all timed rounds of ours: {rows.Max(row => row.AllocatedBytes)} bytes and {rows.Max(row => row.Collections)} "
                + $"collections in the worst row");
        foreach (var refusal in refusals)
        {
            yield return "refused: " + refusal;
        }
    }

    public string Markdown()
    {
        var page = new StringBuilder();
        page.Append("# FastRnn and its peers\n\n");
        page.Append("Written by `").Append(request.CommandLine).Append("` on ").Append(Figures.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}"))
            .Append(request.Quick ? ", **with --quick: short rounds, a first look only**" : "")
            .Append(". How to read it: `benchmarks/README.md`.\n\n");
        foreach (var line in ProbeText.Lines(machine).Concat(PeerText.Lines()))
        {
            page.Append("- ").Append(line).Append('\n');
        }

        foreach (var group in rows.GroupBy(row => row.Group))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n");
            Line(page, RowTable.Titles);
            Line(page, RowTable.Titles.Select(_ => "---"));
            foreach (var row in group)
            {
                Line(page, RowTable.Cells(row).Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)));
            }
        }

        page.Append("\n## Together\n\n");
        foreach (var line in Closing())
        {
            page.Append("- ").Append(line).Append('\n');
        }

        return page.ToString();
    }

    private static void Line(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
