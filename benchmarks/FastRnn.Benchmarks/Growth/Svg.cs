using System.Globalization;
using System.Xml.Linq;

namespace FastRnn.Benchmarks.Growth;

/// <summary>The few elements of SVG that a plot needs.</summary>
internal static class Svg
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params (string Name, object Value)[] attributes) =>
        new(Space + name, attributes.Select(a => new XAttribute(a.Name, Convert.ToString(a.Value, CultureInfo.InvariantCulture)!)));

    public static XElement Line(string style, double x1, double y1, double x2, double y2) =>
        Element("line", ("class", style), ("x1", Round(x1)), ("y1", Round(y1)), ("x2", Round(x2)), ("y2", Round(y2)));

    public static XElement Path(string style, IEnumerable<(double X, double Y)> points) =>
        Element("polyline", ("class", style),
            ("points", string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")))));

    public static XElement Dot(string style, double x, double y) =>
        Element("circle", ("class", style), ("cx", Round(x)), ("cy", Round(y)), ("r", 3.5));

    /// <param name="style">Its class.</param>
    /// <param name="x">Where it stands.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="text">What it says.</param>
    public static XElement Text(string style, double x, double y, string anchor, string text)
    {
        var element = Element("text", ("class", style), ("x", Round(x)), ("y", Round(y)), ("text-anchor", anchor));
        element.Value = text;
        return element;
    }

    private static double Round(double value) => Math.Round(value, 1);
}
