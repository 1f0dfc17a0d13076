using System.Globalization;

namespace FastRnn.Before;

/// <summary>What all turns of both sides say, as a table.</summary>
internal static class Report
{
    private const double Slower = 1.02;

    public static void Write(TextWriter to, IReadOnlyList<Turn> before, IReadOnlyList<Turn> after)
    {
        var rows = (
            from row in Rows.All
            join a in before on row.Name equals a.Name into left
            join b in after on row.Name equals b.Name into right
            where left.Any() && right.Any()
            select new Pair(row.Name, [.. left], [.. right])).ToList();
        to.WriteLine(Line($"{"row",-70} {"A min",10} {"median",10} {"B min",10} {"median",10} {"B/A",7} {"of min",7} {"noise",6}"));
        foreach (var row in rows)
        {
            var (a, b) = ($"{Time(row.A.Least)} {Time(row.A.Median)}", $"{Time(row.B.Least)} {Time(row.B.Median)}");
            to.WriteLine(Line($"{row.Name,-70} {a} {b} {row.Ratio,7:0.000} {row.RatioOfLeast,7:0.000} {row.Noise,6:0.000}"));
        }

        to.WriteLine();
        var (ratio, least) = (Mean(rows.Select(row => row.Ratio)), Mean(rows.Select(row => row.RatioOfLeast)));
        to.WriteLine(Line($"{rows.Count} rows; geometric mean of B/A {ratio:0.000}, of the minima {least:0.000}"));
        to.WriteLine("median: of rounds, each the middle of its parts; min: the fastest part; noise: median over min, of the worse side");
        foreach (var row in rows.Where(row => row.Ratio > Slower).OrderByDescending(row => row.Ratio))
        {
            to.WriteLine(Line($"slower by {(row.Ratio - 1) * 100:0.0} % (minima {(row.RatioOfLeast - 1) * 100:+0.0;-0.0} %): {row.Name}"));
        }

        foreach (var row in rows.Where(row => row.Allocated > 0))
        {
            to.WriteLine(Line($"allocates {row.Allocated} bytes in a turn: {row.Name}"));
        }
    }

    private static double Mean(IEnumerable<double> ratios) => Math.Exp(ratios.DefaultIfEmpty(1).Average(Math.Log));

    private static string Time(double ns) => ns switch
    {
        < 1e4 => Line($"{ns,7:0.0} ns"),
        < 1e7 => Line($"{ns / 1e3,7:0.0} us"),
        _ => Line($"{ns / 1e6,7:0.0} ms"),
    };

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Side(IReadOnlyList<Turn> turns)
    {
        public double Least { get; } = turns.Min(turn => turn.Least);

        public double Median { get; } = Turn.Middle(turns.Select(turn => turn.Median));
    }

    private sealed class Pair(string name, IReadOnlyList<Turn> before, IReadOnlyList<Turn> after)
    {
        public string Name => name;

        public Side A { get; } = new(before);

        public Side B { get; } = new(after);

        public double Ratio => B.Median / A.Median;

        public double RatioOfLeast => B.Least / A.Least;

        public double Noise => Math.Max(A.Median / A.Least, B.Median / B.Least);

        /// <summary>Of the working tree, in every round.</summary>
        public long Allocated { get; } = after.Min(turn => turn.Allocated);
    }
}
