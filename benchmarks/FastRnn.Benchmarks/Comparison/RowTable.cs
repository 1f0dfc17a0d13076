namespace FastRnn.Benchmarks.Comparison;

/// <summary>Rows as cells of text, the same in the terminal and in Markdown.</summary>
internal static class RowTable
{
    public static IReadOnlyList<string> Titles { get; } =
        ["shape", "threads", "peer", "ours", "peer's", "ratio", "GFLOP/s", "of peak", "difference", "allocated", "goal", "met", "note"];

    public static IReadOnlyList<string> Cells(ComparisonRow row) =>
    [
        row.Shape,
        row.PeerThreads == 0 || row.PeerThreads == row.Threads
            ? Figures.Invariant($"{row.Threads}") : Figures.Invariant($"{row.Threads} : {row.PeerThreads}"),
        Named(row),
        Figures.Time(row.OursNs),
        Figures.Time(row.PeerNs),
        row.Ratio is { } ratio ? Figures.Invariant($"{ratio:0.00}") : "-",
        Figures.Invariant($"{row.Gflops:0.0}"),
        Figures.Invariant($"{row.FractionOfPeak:p0}"),
        row.MaxDifference switch { null =>
            "-", double.MaxValue => "not a number", var difference => Figures.Invariant($"{difference:0.0e+0}") },
        Figures.Invariant($"{row.AllocatedBytes}"),
        row.Goal ?? "-",
        row.GoalMet switch { true => "yes", false => "NO", _ => "-" },
        row.Note ?? "",
    ];

    /// <summary>The peer with its version, which often says more than is wanted here: what it multiplies with.</summary>
    private static string Named(ComparisonRow row)
    {
        if (row.PeerVersion is not { } version || version.StartsWith(row.Peer, StringComparison.Ordinal))
        {
            return row.PeerVersion ?? row.Peer;
        }

        var begin = version.IndexOf(" (", StringComparison.Ordinal);
        return $"{row.Peer} {(begin < 0 ? version : version[..begin] + version[(version.IndexOf(')', begin) + 1)..])}";
    }

    public static string Line(IReadOnlyList<string> cells)
    {
        int[] widths = [36, -7, 34, -10, -10, -7, -8, -7, -10, -9, 22, 4, 0];
        return string.Join(' ', cells.Zip(widths, (cell, width) => width < 0 ? cell.PadLeft(-width) : cell.PadRight(width))).TrimEnd();
    }
}
