using System.Xml.Linq;

namespace FastRnn.Cli.Report;

/// <summary>Curves over two axes with a legend.</summary>
/// <param name="title">Above the picture.</param>
/// <param name="xLabel">Under the axis.</param>
/// <param name="yLabel">Over the axis.</param>
internal sealed class LinePlot(string title, string xLabel, string yLabel)
{
    /// <summary>Colours of <see cref="PageStyle"/>.</summary>
    public const int Styles = 8;

    private const double Width = 760;
    private const double Height = 330;
    private const double Left = 58;
    private const double Right = Width - 150;
    private const double Top = 46;
    private const double Bottom = Height - 48;
    private const double LegendLine = 18;

    /// <summary>More points than this cannot be told apart.</summary>
    private const int MostPoints = 800;

    public IReadOnlyList<Series> Curves { get; init; } = [];

    /// <summary>Lines at one height, such as a bound.</summary>
    public IReadOnlyList<(string Name, double Value)> Levels { get; init; } = [];

    /// <summary>Whether y is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>On a logarithmic axis: what is smaller is not drawn.</summary>
    public double Floor { get; init; }

    public XElement Draw()
    {
        var y = new Axis(Curves.SelectMany(c => c.Points).Select(p => p.Y).Concat(Levels.Select(l => l.Value)), Bottom, Top, IsLog, Floor);
        var x = new Axis(Curves.SelectMany(c => c.Points).Where(p => y.Shows(p.Y)).Select(p => p.X), Left, Right, isLog: false);
        return Svg.Picture(
            Width, Height, $"{title}: {yLabel} against {xLabel}",
            Svg.Text(Left, 16, title, "title"),
            Svg.Text(Left, 34, yLabel, "label"),
            Svg.Text((Left + Right) / 2, Height - 10, xLabel, "label middle"),
            y.Ticks().Select(
                t => new[] { Svg.Line(Left, t.Place, Right, t.Place, "grid"), Svg.Text(Left - 6, t.Place + 4, t.Text, "tick end") }),
            x.Ticks().Where(t => t.Place < Right + 1).Select(t =>
                new[] { Svg.Line(t.Place, Bottom, t.Place, Bottom + 4, "axis"), Svg.Text(t.Place, Bottom + 17, t.Text, "tick middle") }),
            Svg.Line(Left, Bottom, Right, Bottom, "axis"),
            Levels.Where(level => y.Shows(level.Value)).Select((level, i) => Level(level.Name, y.Place(level.Value), i)),
            Curves.Select((curve, i) => Curve(curve, Style(i), x, y)),
            Curves.Select((curve, i) => Legend(curve.Name, "s" + Style(i), Top + 6 + (i * LegendLine))));
    }

    private string Style(int curve) =>
        ((Curves[curve].Style >= 0 ? Curves[curve].Style : curve) % Styles).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private XElement[] Level(string name, double place, int index) =>
        [Svg.Line(Left, place, Right, place, "level"), .. Legend(name, "level", Top + 6 + ((Curves.Count + index) * LegendLine))];

    private static XElement[] Legend(string name, string style, double place) =>
        [Svg.Line(Right + 12, place, Right + 34, place, "line " + style), Svg.Text(Right + 40, place + 4, name, "legend")];

    private static IEnumerable<XElement> Curve(Series curve, string style, Axis x, Axis y)
    {
        var part = new List<(double X, double Y)>();
        var stride = Math.Max(1, (curve.Points.Count + MostPoints - 1) / MostPoints);
        for (var i = 0; i <= curve.Points.Count; i++)
        {
            var isShown = i < curve.Points.Count && x.Shows(curve.Points[i].X) && y.Shows(curve.Points[i].Y);
            if (isShown && (i % stride == 0 || i == curve.Points.Count - 1))
            {
                part.Add((x.Place(curve.Points[i].X), y.Place(curve.Points[i].Y)));
            }

            if (!isShown && part.Count > 0)
            {
                yield return part.Count == 1 && !curve.HasDots
                    ? Svg.Dot(part[0].X, part[0].Y, "dot s" + style) : Svg.Path(part, "line s" + style).WithHint(curve.Name);
                foreach (var (dotX, dotY) in part.Where(_ => curve.HasDots))
                {
                    yield return Svg.Dot(dotX, dotY, "dot s" + style);
                }

                part.Clear();
            }
        }
    }
}
