using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using OxyPlot;

namespace FastRnn.Cli.Report;

/// <summary>What OxyPlot draws, as a picture that fits the page around it: its colours are variables of the page's style, so that it is
/// light on a light page and dark on a dark one; its letters are the page's; and it can be made larger and smaller.</summary>
internal static partial class PlotSvg
{
    /// <summary>The letters of pages.</summary>
    public const string Font = "system-ui, sans-serif";

    // Colours that no plot uses for anything else stand for the variables of Palette until the picture is drawn.
    private const int Mark = 251;
    private static readonly string[] Variables =
        ["ink", "soft", "rule", "paper", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];

    /// <summary>The colour of a variable of the page's style.</summary>
    /// <param name="variable">Its name.</param>
    /// <param name="hint">Which of the hints the mouse is shown over what has this colour, from 1; 0 for none.</param>
    public static OxyColor Colour(string variable, int hint = 0) =>
        Array.IndexOf(Variables, variable) is >= 0 and var index
            ? OxyColor.FromRgb(Mark, checked((byte)hint), (byte)index)
            : throw new ArgumentOutOfRangeException(nameof(variable), variable, "Expected a variable of the style.");

    /// <summary>Draws it.</summary>
    /// <param name="plot">The same plot gives the same picture, whatever the language of the machine.</param>
    /// <param name="width">Of the picture, in pixels, and of the plot in it.</param>
    /// <param name="height">The same.</param>
    /// <param name="says">What is to be seen, for those who do not see it.</param>
    /// <param name="hints">What the mouse is shown.</param>
    /// <param name="space">The elements' namespace; in a page of HTML there is none.</param>
    public static XElement Draw(PlotModel plot, double width, double height, string says, IReadOnlyList<string> hints, XNamespace space)
    {
        var drawn = XElement.Parse(SvgExporter.ExportToString(plot, width, height, isDocument: false, new Letters()));
        return new XElement(
            space + "svg", new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")),
            new XAttribute("width", width.ToString(CultureInfo.InvariantCulture)), new XAttribute("class", "plot"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", says), drawn.Elements().SelectMany(element => Adapt(element, hints, space)));
    }

    /// <summary>Without what hides parts of a picture: it goes by names that other pictures of the page have as well, and a plot whose axes
    /// show all of its numbers has nothing to hide.</summary>
    private static IEnumerable<XElement> Adapt(XElement element, IReadOnlyList<string> hints, XNamespace space) =>
        element.Name.LocalName switch
        {
            "defs" => [],
            "g" => element.Elements().SelectMany(inner => Adapt(inner, hints, space)),
            "text" => [new XElement(space + "text", Attributes(element, "font-family", "font-size", "font-weight", "fill"),
                new XAttribute("style", LetterStyle(element)), element.Value)],
            _ when (string?)element.Attribute("style") is "fill:none;stroke:none;" => [],
            var name => [new XElement(space + name, Attributes(element), Hint(element, hints, space))],
        };

    private static XElement? Hint(XElement element, IReadOnlyList<string> hints, XNamespace space) =>
        Marks().Match((string?)element.Attribute("style") ?? "") is { Success: true } mark && Number(mark, 1) is > 0 and var hint
            ? new XElement(space + "title", hints[hint - 1]) : null;

    private static IEnumerable<XAttribute> Attributes(XElement element, params string[] without) => element.Attributes()
        .Where(attribute => !attribute.IsNamespaceDeclaration && !without.Contains(attribute.Name.LocalName))
        .Select(attribute => new XAttribute(attribute.Name.LocalName, Themed(Places().Replace(attribute.Value, Round))));

    /// <summary>As a style, which a rule of the page does not override.</summary>
    private static string LetterStyle(XElement text) =>
        FormattableString.Invariant(
            $"font-family:{Font};font-size:{text.Attribute("font-size")!.Value}px;font-weight:{text.Attribute("font-weight")!.Value};")
        + $"fill:{Themed(text.Attribute("fill")!.Value)}";

    private static string Themed(string value) => Marks().Replace(value, mark => $"var(--{Variables[Number(mark, 2)]})");

    private static int Number(Match mark, int group) => int.Parse(mark.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Round(Match place) =>
        double.Parse(place.ValueSpan, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"rgb\(251,(\d+),(\d+)\)")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\d+\.\d{3,}")]
    private static partial Regex Places();

    /// <summary>How much room letters take. OxyPlot measures those of Arial, in points; a page counts in pixels, and its letters may be
    /// wider.</summary>
    private sealed class Letters() : PdfRenderContext(1, 1, OxyColors.Undefined)
    {
        private const double PixelsOfPoint = 4.0 / 3, Wider = 1.12;

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            // A thin space it does not know.
            var arial = base.MeasureText(text?.Replace('\u2009', ' '), fontFamily, fontSize, fontWeight);
            return new OxySize(arial.Width * PixelsOfPoint * Wider, arial.Height * PixelsOfPoint);
        }
    }
}
