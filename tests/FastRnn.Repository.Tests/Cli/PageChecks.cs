using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>What every page of the program must be.</summary>
internal static partial class PageChecks
{
    /// <summary>Well-formed, in one piece, and with a paragraph for each heading.</summary>
    /// <returns>The page's body.</returns>
    public static XElement Read(string path)
    {
        var text = File.ReadAllText(path);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", text, StringComparison.Ordinal);
        var html = XDocument.Parse(text).Root!;
        var names = html.Descendants().Select(element => element.Name.LocalName).ToHashSet();
        Assert.Empty(names.Intersect(["script", "link", "img", "iframe", "object", "use", "image"]));
        Assert.DoesNotContain(html.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src");
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        var body = html.Element("body")!;
        Assert.All(body.Elements("h2"), heading => Assert.Equal("p", heading.ElementsAfterSelf().First().Name));

        // Every picture says what it is, and nothing lies outside of it.
        Assert.All(body.Descendants("svg"), picture =>
        {
            Assert.NotEqual("", picture.Attribute("aria-label")!.Value);
            var size = picture.Attribute("viewBox")!.Value.Split(' ')
                .Select(Number).ToArray();
            Assert.All(Places(picture, "x", "cx"), x => Assert.InRange(x, -1, size[2] + 1));
            Assert.All(Places(picture, "y", "cy"), y => Assert.InRange(y, -1, size[3] + 1));
            Assert.All(Pairs(picture), place => Assert.True(
                place.X >= -1 && place.X <= size[2] + 1 && place.Y >= -1 && place.Y <= size[3] + 1, place.ToString()));
        });

        // Pictures have no names that others on the page may have as well, and no colours but those of the page, light or dark.
        Assert.DoesNotContain(body.Descendants().Attributes(), attribute => attribute.Name.LocalName is "id" or "clip-path");
        Assert.DoesNotContain("rgb(", text, StringComparison.Ordinal);
        var style = html.Descendants("style").Single().Value;
        Assert.All(Variable().Matches(text).Select(match => match.Groups[1].Value).Distinct(),
            variable => Assert.Equal(2, style.Split($"--{variable}:").Length - 1));
        return body;
    }

    /// <summary>The points of lines, and where texts stand.</summary>
    private static IEnumerable<(double X, double Y)> Pairs(XElement picture) => picture.Descendants()
        .SelectMany(element => Pair().Matches((string?)element.Attribute("points") ?? (string?)element.Attribute("transform") ?? ""))
        .Select(match => (Number(match.Groups[1].Value), Number(match.Groups[2].Value)));

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(-?[\d.]+),(-?[\d.]+)")]
    private static partial Regex Pair();

    [GeneratedRegex(@"var\(--(\w+)\)")]
    private static partial Regex Variable();

    private static IEnumerable<double> Places(XElement picture, params string[] names) => picture.Descendants().Attributes()
        .Where(attribute => names.Contains(attribute.Name.LocalName))
        .Select(attribute => Number(attribute.Value));
}
