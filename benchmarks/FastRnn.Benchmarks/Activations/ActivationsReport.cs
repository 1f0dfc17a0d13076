using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Activations;

/// <summary>The functions as a page.</summary>
internal static class ActivationsReport
{
    private static readonly float[] Edges = [float.NaN, float.NegativeInfinity, -0f, float.PositiveInfinity];

    public static string Markdown(CpuInfo cpu, IReadOnlyList<ActivationRow> rows, bool quick)
    {
        var page = new StringBuilder("# Functions of cells\n\n")
            .Append("Written by `activations")
            .Append(quick ? " --quick" : "").Append(Figures.Invariant($"` on {DateTime.UtcNow:yyyy-MM-dd}: {cpu.Name} ({cpu.Folder}), "))
            .Append(RuntimeInformation.FrameworkDescription)
            .Append(Figures.Invariant($". The peer is TensorPrimitives of System.Numerics.Tensors {PeerVersion}.\n"))
            .Append("\n## Time\n\nNanoseconds an element of an array in the first cache level, one thread; "
                + "median of rounds in which all take turns. `ratio`: the peer's time over that of our widest vectors.\n\n");
        Row(page,
            ["function", .. SimdWidths.Available.Select(width => Figures.Invariant($"{(int)width} bits")), "TensorPrimitives", "ratio"]);
        Row(page, Enumerable.Repeat("---", SimdWidths.Available.Count + 3));
        foreach (var (function, speed, _, _) in rows)
        {
            Row(page, [function.Name, .. speed.Ours.Select(Ns), speed.Peer is { } peer ? Ns(peer) : "-",
                speed.Peer / speed.Ours[^1] is { } ratio ? Figures.Invariant($"{ratio:0.00}") : "-"]);
        }

        page.Append("\n## Worst errors\n\nOver ")
            .Append(quick ? "a sample of " : "all ").Append("2^32 floats against double, and the x at which they are. ")
            .Append("`ulp`: units in the last place of the exact result, where that is at least 2^-126 and x is in the range. `elsewhere`: "
                + "absolute, outside the range and where the exact result is smaller than any normal float. ")
            .Append("`inf`: a NaN or an infinity where there should be none, or none where there should be one. ")
            .Append(string.Create(CultureInfo.InvariantCulture,
                $"The reference in double agrees with the scalar library within {rows.Max(row => row.ReferenceError):0.0e+0} (relative, "
                    + $"2^20 samples of each function). "))
            .Append(Widths(rows)).Append("\n\n");
        Row(page, ["function", "range", "ulp", "absolute", "elsewhere", "TensorPrimitives: ulp", "absolute", "elsewhere"]);
        Row(page, Enumerable.Repeat("---", 8));
        foreach (var (function, _, errors, _) in rows)
        {
            Row(page, [function.Name, float.IsFinite(function.From) ? Figures.Invariant($"x >= {function.From:R}") : "all",
                .. Errors(errors.Ours), .. Errors(errors.Peer)]);
        }

        page.Append("\n## Special values\n\n");
        Row(page, ["function", .. Edges.Select(x => Figures.Invariant($"{Name(x)}")),
            .. Edges.Select(x => Figures.Invariant($"TensorPrimitives: {Name(x)}"))]);
        Row(page, Enumerable.Repeat("---", 1 + (2 * Edges.Length)));
        foreach (var (function, _, _, _) in rows)
        {
            Row(page, [function.Name, .. At(function.Ours(SimdWidths.Available[^1])),
                .. function.Peer is { } peer ? At(peer) : Edges.Select(_ => "-")]);
        }

        return page.ToString();
    }

    private static string PeerVersion => typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.GetName().Version!.ToString(3);

    private static string Widths(IReadOnlyList<ActivationRow> rows) =>
        rows.Where(row => row.Errors.WidthsDifferAt is not null).ToList() is { Count: > 0 } different
            ? "VECTOR WIDTHS DIFFER: " + string.Join(", ",
                different.Select(row => Figures.Invariant($"{row.Function.Name} at {row.Errors.WidthsDifferAt:R}"))) + "."
            : "Vectors of all widths gave the same bits.";

    private static IEnumerable<string> At(SpanFunction function)
    {
        var (x, y) = (new float[16], new float[16]);
        Edges.CopyTo(x, 0);
        function(x, y);
        return y.Take(Edges.Length).Select(Name);
    }

    private static string[] Errors(ErrorTally? tally) =>
        tally is null ? ["-", "-", "-"] : [Error(tally.Ulps, "0.00"), Error(tally.Absolute, "0.0e+0"), Error(tally.Elsewhere, "0.0e+0")];

    private static string Error(Worst worst, string format) => worst.Error switch
    {
        0 => "0",
        double.PositiveInfinity => "inf at " + Name(worst.X),
        > 1e6 => Figures.Invariant($"{worst.Error:0.0e+0} at {Name(worst.X)}"),
        _ => worst.Error.ToString(format, System.Globalization.CultureInfo.InvariantCulture) + " at " + Name(worst.X),
    };

    private static string Name(float x) => float.IsNaN(x)
        ? "NaN" : float.IsInfinity(x) ? (x > 0 ? "inf" : "-inf") : x == 0 && float.IsNegative(x) ? "-0" : Figures.Invariant($"{x:R}");

    private static string Ns(double ns) => Figures.Invariant($"{ns:0.000}");

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
