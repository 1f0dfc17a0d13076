using System.Xml.Linq;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Growth;

/// <summary>One axis: the series, the roofs under them, and where the weights leave a cache.</summary>
internal sealed class Panel(IReadOnlyList<GrowthSeries> series, MachineProbe machine)
{
    public const double Width = 460;
    public const double Height = 340;
    private const double Left = 66;
    private const double Right = 20;
    private const double Top = 44;
    private const double Bottom = 46;

    public XElement Draw(double atX, double atY)
    {
        var roofs = Roofs.Of(series, machine).ToList();
        var xs = series[0].Points.Select(p => (double)p.X).ToList();
        var times =
            series.SelectMany(s => s.Points.Select(p => p.Ns)).Concat(roofs.SelectMany(roof => roof.Points.Select(p => p.Ns))).ToList();
        var x = new LogAxis(xs[0] * 0.85, xs[^1] * 1.18, Left, Width - Right);
        var y = new LogAxis(times.Min() * 0.7, times.Max() * 1.5, Height - Bottom, Top);

        var group = Svg.Element("g", ("transform", Figures.Invariant($"translate({atX} {atY})")));
        group.Add(
            Svg.Text("title", Left, 18, "start", $"time against {series[0].Sweep}"), Svg.Text("label", Left, 34, "start", series[0].Title));
        Axes(group, x, y, xs);
        foreach (var (cache, h) in Roofs.Leaves(series, machine).Where(leave => leave.H > x.From && leave.H < x.To))
        {
            // Near the right edge the words stand on the other side.
            var (offset, anchor) = x.At(h) > Width - 80 ? (-3, "end") : (3, "start");
            group.Add(Svg.Line("leave", x.At(h), Top, x.At(h), Height - Bottom),
                Svg.Text("small", x.At(h) + offset, Top + 10, anchor, "beyond " + cache));
        }

        foreach (var roof in roofs)
        {
            group.Add(Svg.Path("roof " + roof.Class, roof.Points.Select(p => (x.At(p.X), y.At(p.Ns)))));
        }

        foreach (var one in series)
        {
            group.Add(Svg.Path("series " + one.Work, one.Points.Select(p => (x.At(p.X), y.At(p.Ns)))));
            group.Add(one.Points.Select(p => Svg.Dot("dot " + one.Work, x.At(p.X), y.At(p.Ns))));
        }

        Legend(group, roofs);
        return group;
    }

    private void Axes(XElement group, LogAxis x, LogAxis y, List<double> xs)
    {
        foreach (var tick in y.Ticks())
        {
            group.Add(Svg.Line("grid", Left, y.At(tick), Width - Right, y.At(tick)),
                Svg.Text("small", Left - 6, y.At(tick) + 4, "end", Tick(tick)));
        }

        foreach (var value in xs)
        {
            group.Add(
                Svg.Line("grid", x.At(value), Top, x.At(value), Height - Bottom),
                Svg.Text("small", x.At(value), Height - Bottom + 15, "middle", Figures.Invariant($"{value}")));
        }

        group.Add(
            Svg.Line("axis", Left, Top, Left, Height - Bottom), Svg.Line("axis", Left, Height - Bottom, Width - Right, Height - Bottom),
            Svg.Text("label", (Left + Width - Right) / 2, Height - 10, "middle", series[0].Sweep));
    }

    /// <summary>In the lower right corner, where growing lines are not.</summary>
    private void Legend(XElement group, List<Roof> roofs)
    {
        var entries =
            series.Select(s => ("series " + s.Work, s.Work + (s.RSquared is { } fit ? Figures.Invariant($", r² {fit:0.0000}") : "")))
            .Concat(roofs.Select(roof => ("roof " + roof.Class, roof.Name))).ToList();
        var falls = series[0].Points[^1].Ns < series[0].Points[0].Ns;
        var (left, at) = (falls ? Left + 12 : Width - Right - 150, Height - Bottom - 8 - (entries.Count * 14));
        group.Add(
            Svg.Element("rect", ("class", "paper"), ("x", left - 6), ("y", at - 2), ("width", 152), ("height", (entries.Count * 14) + 6)));
        foreach (var (style, text) in entries)
        {
            at += 14;
            group.Add(Svg.Line(style, left, at - 4, left + 22, at - 4), Svg.Text("small", left + 28, at, "start", text));
        }
    }

    private static string Tick(double ns) => ns switch
    {
        < 999 => Figures.Invariant($"{ns:0} ns"),
        < 999e3 => Figures.Invariant($"{ns / 1e3:0} µs"),
        < 999e6 => Figures.Invariant($"{ns / 1e6:0} ms"),
        _ => Figures.Invariant($"{ns / 1e9:0} s"),
    };
}
