using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Growth;

/// <summary>The sweeps as a page.</summary>
internal static class GrowthReport
{
    private const double LinearGoal = 0.99;

    /// <summary>A series as a line of text.</summary>
    public static string Line(GrowthSeries series) =>
        $"{series.Sweep}, {series.Work} ({series.Title}): " + string.Join(", ", series.Points.Select(Point)) + Fit(series);

    public static string Markdown(MachineProbe machine, IReadOnlyList<GrowthSeries> all, bool quick)
    {
        var page = new StringBuilder("# Growth\n\n")
            .Append("Written by `growth")
            .Append(quick ? " --quick" : "").Append("` on ").Append(Figures.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}"))
            .Append(". One thread unless the axis says otherwise; an iteration is a pass, for one stream a step. "
                + "`peak` is the share of the FMA peak of this run.\n\n");
        foreach (var line in ProbeText.Lines(machine))
        {
            page.Append("- ").Append(line).Append('\n');
        }

        page.Append("\n![Time against T, B, layers, H and threads, with the roofs](growth").Append(quick ? "-quick" : "").Append(".svg)\n");
        foreach (var series in all)
        {
            page.Append("\n## ").Append(series.Sweep)
                .Append(", ").Append(series.Work).Append("\n\n").Append(series.Title).Append(Fit(series)).Append("\n\n");
            Row(page, [series.Sweep, .. series.Points.Select(p => Figures.Invariant($"{p.X}"))]);
            Row(page, Enumerable.Repeat("---", series.Points.Count + 1));
            Row(page, ["time", .. series.Points.Select(p => Figures.Time(p.Ns))]);
            Row(page, ["peak", .. series.Points.Select(p => Figures.Invariant($"{p.PeakNs / p.Ns:p0}"))]);
        }

        return page.ToString();
    }

    private static string Point(GrowthPoint point) => Figures.Invariant($"{point.X}: {Figures.Time(point.Ns)}");

    private static string Fit(GrowthSeries series) => series.RSquared is { } fit
        ? Figures.Invariant($"; straight line r^2 = {fit:0.0000}, goal > {LinearGoal}: {Figures.YesNo(fit > LinearGoal)}")
        : "";

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
