using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace FastRnn.Cli.Report;

/// <summary>Elements of pictures; numbers in one culture and no longer than a picture needs.</summary>
internal static class Svg
{
    public static XElement Picture(double width, double height, string says, params object?[] content) => new(
        "svg", new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("width", Number(width)),
        new XAttribute("class", "wide"), new XAttribute("role", "img"),
        new XAttribute("aria-label", says), content);

    public static XElement Rectangle(double x, double y, double width, double height, string style, double opacity = 1) => new(
        "rect", At("x", x), At("y", y), At("width", width), At("height", height), new XAttribute("class", style),
        opacity < 1 ? new XAttribute("fill-opacity", opacity.ToString("0.##", CultureInfo.InvariantCulture)) : null);

    public static XElement Text(double x, double y, string text, string style) => new(
        "text", At("x", x), At("y", y), new XAttribute("class", style), Safe(text));

    /// <summary>What the mouse is shown over the element.</summary>
    public static XElement WithHint(this XElement element, string text)
    {
        element.Add(new XElement("title", Safe(text)));
        return element;
    }

    /// <summary>Without what XML cannot hold.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                safe.Append(text, i++, 2);
            }
            else
            {
                safe.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\u00B7');
            }
        }

        return safe.ToString();
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => new(name, Number(value));
}
