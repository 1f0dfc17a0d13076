using System.Xml.Linq;

namespace FastRnn.Cli.Report;

/// <summary>A page in one file: style and pictures inside, nothing from elsewhere.</summary>
/// <param name="title">Of the window and of the page.</param>
/// <param name="lead">What the page is about.</param>
/// <param name="picture">What to see first: it stands before all words but the title.</param>
internal sealed class HtmlPage(string title, string lead, XElement? picture = null)
{
    private readonly List<XElement> body =
    [
        new XElement("h1", Svg.Safe(title)), .. picture is null ? Array.Empty<XElement>() : [new XElement("figure", picture)],
        new XElement("p", Svg.Safe(lead)),
    ];

    /// <summary>A heading, a paragraph, and pictures or tables under it.</summary>
    public HtmlPage Section(string heading, string paragraph, params IEnumerable<XElement> figures)
    {
        body.Add(new XElement("h2", Svg.Safe(heading)));
        body.Add(new XElement("p", Svg.Safe(paragraph)));
        body.AddRange(figures.Select(figure => figure.Name == "svg" ? new XElement("figure", figure) : figure));
        return this;
    }

    /// <summary>A remark in a softer colour.</summary>
    public static XElement Remark(string text) => new("p", new XAttribute("class", "soft"), Svg.Safe(text));

    /// <summary>A text with its line ends.</summary>
    public static XElement Preformatted(string text) => new("pre", Svg.Safe(text));

    /// <summary>Numbers, the first column their names.</summary>
    public static XElement Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows) => new(
        "figure",
        new XElement(
            "table",
            new XElement("thead", new XElement("tr", head.Select(cell => new XElement("th", Svg.Safe(cell))))),
            new XElement("tbody", rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", Svg.Safe(cell))))))));

    /// <summary>The whole file. It is well-formed XML as well as HTML.</summary>
    public override string ToString()
    {
        var html = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", Svg.Safe(title)),
                new XElement("style", PageStyle.Css)),
            new XElement("body", body));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
