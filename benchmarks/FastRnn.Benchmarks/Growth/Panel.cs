using System.Xml.Linq;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Cli.Report;

using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace FastRnn.Benchmarks.Growth;

/// <summary>One axis: the series, the roofs under them, and where the weights leave a cache.</summary>
internal sealed class Panel(IReadOnlyList<GrowthSeries> series, MachineProbe machine)
{
    public const double Width = 460;
    public const double Height = 360;
    private static readonly OxyColor Ink = PlotSvg.Colour("ink"), Soft = PlotSvg.Colour("soft"), Rule = PlotSvg.Colour("rule");

    public XElement Draw(XNamespace space)
    {
        var name = series[0].Sweep;
        var plot = new PlotModel
        {
            Title = $"time against {name}",
            TitleFontSize = 14,
            Subtitle = series[0].Title,
            SubtitleFontSize = 12,
            DefaultFont = PlotSvg.Font,
            DefaultFontSize = 11,
            TextColor = Ink,
            PlotAreaBorderColor = Soft,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        };
        double[] xs = [.. series[0].Points.Select(p => (double)p.X)];
        var (low, high) = (xs[0] * 0.85, xs[^1] * 1.18);
        plot.Axes.Add(Styled(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            LabelFormatter = Tick,
            MinimumPadding = 0.05,
            MaximumPadding = 0.05,
            IntervalLength = 45,
        }));
        plot.Axes.Add(Styled(new MeasuredAxis(xs)
        {
            Position = AxisPosition.Bottom,
            LabelFormatter = x => Figures.Invariant($"{x}"),
            Minimum = low,
            Maximum = high,
            Title = name,
            AxisTitleDistance = 8,
        }));
        foreach (var roof in Roofs.Of(series, machine))
        {
            plot.Series.Add(Line(roof.Name, RoofColour(roof.Class), 1.3, [6, 4], roof.Points));
        }

        foreach (var one in series)
        {
            var line = Line(one.Work + (one.RSquared is { } fit ? Figures.Invariant($", r² {fit:0.0000}") : ""),
                PlotSvg.Colour(one.Work == "training" ? "c0" : "c6"), 2.2, null, one.Points.Select(p => ((double)p.X, p.Ns)));
            (line.MarkerType, line.MarkerSize, line.MarkerFill) = (MarkerType.Circle, 3.5, line.Color);
            plot.Series.Add(line);
        }

        foreach (var (cache, h) in Roofs.Leaves(series, machine).Where(leave => leave.H > low && leave.H < high))
        {
            plot.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = h,
                Color = Soft,
                StrokeThickness = 1,
                LineStyle = LineStyle.Dot,
                Text = "beyond " + cache,
                TextColor = Ink,
                TextOrientation = AnnotationTextOrientation.Horizontal,
                TextLinePosition = 1,

                // Near the right edge the words stand on the other side.
                TextHorizontalAlignment =
                    Math.Log(high / h) < Math.Log(high / low) / 5 ? HorizontalAlignment.Right : HorizontalAlignment.Left,
                TextVerticalAlignment = VerticalAlignment.Bottom,
            });
        }

        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendSymbolLength = 22,
            LegendItemSpacing = 10,
            LegendLineSpacing = 3,
        });
        return PlotSvg.Draw(plot, Width, Height, $"time against {name}, {series[0].Title}", [], space);
    }

    private static Axis Styled(Axis axis)
    {
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Rule;
        axis.TextColor = axis.TitleColor = Ink;
        axis.MinorTickSize = axis.MajorTickSize = 0;
        axis.TitleFontSize = 12;
        return axis;
    }

    private static LineSeries Line(string name, OxyColor colour, double width, double[]? dashes, IEnumerable<(double X, double Ns)> points)
    {
        var line = new LineSeries { Title = name, Color = colour, StrokeThickness = width, Dashes = dashes };
        line.Points.AddRange(points.Select(p => new DataPoint(p.X, p.Ns)));
        return line;
    }

    private static OxyColor RoofColour(string roof) =>
        PlotSvg.Colour(roof switch { "L1" => "c2", "L2" => "c3", "L3" => "c1", _ => "soft" });

    private static string Tick(double ns) => ns switch
    {
        < 999 => Figures.Invariant($"{ns:0.#} ns"),
        < 999e3 => Figures.Invariant($"{ns / 1e3:0.#} µs"),
        < 999e6 => Figures.Invariant($"{ns / 1e6:0.#} ms"),
        _ => Figures.Invariant($"{ns / 1e9:0.#} s"),
    };
}
