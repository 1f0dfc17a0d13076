using System.Globalization;
using System.Xml.Linq;

using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace FastRnn.Cli.Report;

/// <summary>Curves over two axes with a legend.</summary>
/// <param name="title">Above the picture.</param>
/// <param name="xLabel">Under the axis.</param>
/// <param name="yLabel">Beside the axis.</param>
internal sealed class LinePlot(string title, string xLabel, string yLabel)
{
    // Narrow, so that letters stay legible where a telephone makes the picture smaller; on a wide page it is drawn larger.
    private const double Width = 600;
    private const double Height = 380;

    /// <summary>So that curves differ in print as well; their colours are those of <see cref="PageStyle"/>.</summary>
    private static readonly double[]?[] Dashes = [null, [9, 3], [2, 3], [9, 3, 2, 3], [14, 4], [5, 3], [1, 3], [6, 2, 1, 2, 1, 2]];

    private static readonly CultureInfo Numbers = new("") { NumberFormat = { NumberGroupSeparator = "\u2009" } };

    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Lines at one height, such as a bound.</summary>
    public IReadOnlyList<(string Name, double Value)> Levels { get; init; } = [];

    /// <summary>Whether y is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>On a logarithmic axis: what is smaller is not drawn.</summary>
    public double Floor { get; init; }

    public XElement Draw()
    {
        var plot = new PlotModel
        {
            Title = Svg.Safe(title),
            TitleFontSize = 14,
            DefaultFont = PlotSvg.Font,
            DefaultFontSize = 12,
            TextColor = PlotSvg.Colour("ink"),
            PlotAreaBorderColor = PlotSvg.Colour("soft"),
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
        };
        plot.Axes.Add(Styled(IsLog ? new LogarithmicAxis() : new LinearAxis(), AxisPosition.Left, yLabel));
        plot.Axes.Add(Styled(new LinearAxis { MinimumMajorStep = 1 }, AxisPosition.Bottom, xLabel));
        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomLeft,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendSymbolLength = 26,
            LegendItemSpacing = 14,
            LegendLineSpacing = 5,
        });
        foreach (var i in Enumerable.Range(0, Curves.Count).OrderBy(i => !Curves[i].IsFaint))
        {
            Add(plot, Curves[i], (Curves[i].Style >= 0 ? Curves[i].Style : i) % Dashes.Length, hint: i + 1);
        }

        var shown = Curves.SelectMany(curve => curve.Points)
            .Where(point => Shows(point.Y)).Select(point => point.X).DefaultIfEmpty(0).ToList();
        foreach (var (name, value) in Levels.Where(level => Shows(level.Value)))
        {
            var line = new LineSeries { Title = Svg.Safe(name), Color = PlotSvg.Colour("soft"), StrokeThickness = 1.2, Dashes = [2, 4] };
            line.Points.Add(new DataPoint(shown.Min(), value));
            line.Points.Add(new DataPoint(shown.Max(), value));
            plot.Series.Add(line);
        }

        return PlotSvg.Draw(
            plot, Width, Height, $"{title}: {yLabel} against {xLabel}", [.. Curves.Select(curve => Svg.Safe(curve.Name))], XNamespace.None);
    }

    /// <summary>A number beside an axis, not longer than it has to be; <c>^{}</c> raises what is in it.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">From which power of ten on it is written out.</param>
    private static string Label(double value, int least)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        if (value == 0 || (exponent >= least && exponent < 7))
        {
            return value.ToString("#,0.########", Numbers);
        }

        var digits = (value / Math.Pow(10, exponent)).ToString("0.######", Numbers);
        return string.Create(CultureInfo.InvariantCulture, $"{(digits == "1" ? "" : digits + "\u00B7")}10^{{{exponent}}}");
    }

    private static Axis Styled(Axis axis, AxisPosition position, string label)
    {
        axis.Position = position;
        axis.Title = Svg.Safe(label);
        axis.TitleColor = axis.TextColor = axis.TicklineColor = PlotSvg.Colour("soft");
        axis.MajorGridlineStyle = position == AxisPosition.Left ? LineStyle.Solid : LineStyle.None;
        axis.MajorGridlineColor = PlotSvg.Colour("rule");
        axis.TickStyle = position == AxisPosition.Left ? TickStyle.None : TickStyle.Outside;
        axis.LabelFormatter = value => Label(value, least: axis.IsLogarithmic() ? -2 : -4);
        axis.AxisTitleDistance = 10;
        axis.IntervalLength = position == AxisPosition.Left ? 45 : 80;
        axis.MinorTickSize = 0;
        axis.MajorTickSize = 4;
        (axis.MinimumPadding, axis.MaximumPadding) = position == AxisPosition.Left ? (0.03, 0.03) : (0, 0.02);
        return axis;
    }

    private void Add(PlotModel plot, Curve curve, int style, int hint)
    {
        var colour = PlotSvg.Colour(curve.IsFaint ? "rule" : "c" + style.ToString(CultureInfo.InvariantCulture), hint);
        var line = new LineSeries
        {
            Title = Svg.Safe(curve.Name),
            RenderInLegend = !curve.IsFaint,
            Color = colour,
            StrokeThickness = curve.IsFaint ? 1 : 1.8,
            LineJoin = LineJoin.Round,
            Dashes = curve.IsFaint ? null : Dashes[style],
            MarkerType = curve.HasDots ? MarkerType.Circle : MarkerType.None,
            MarkerSize = 3,
            MarkerFill = PlotSvg.Colour("paper"),
            MarkerStroke = colour,
            MarkerStrokeThickness = 1.6,
        };
        line.Points.AddRange(curve.Points.Select(point => new DataPoint(point.X, Shows(point.Y) ? point.Y : double.NaN)));
        plot.Series.Add(line);
        if (!curve.HasDots)
        {
            // A point without neighbours is no line.
            var dots = new ScatterSeries
            {
                RenderInLegend = false,
                MarkerType = MarkerType.Circle,
                MarkerSize = 3,
                MarkerFill = line.MarkerFill,
                MarkerStroke = colour,
                MarkerStrokeThickness = line.MarkerStrokeThickness,
            };
            dots.Points.AddRange(Enumerable.Range(0, line.Points.Count)
                .Where(i => Is(i) && !Is(i - 1) && !Is(i + 1)).Select(i => new ScatterPoint(line.Points[i].X, line.Points[i].Y)));
            plot.Series.Add(dots);
        }

        bool Is(int i) => i >= 0 && i < line.Points.Count && line.Points[i].IsDefined();
    }

    private bool Shows(double y) => double.IsFinite(y) && (!IsLog || (y > 0 && y >= Floor));
}
