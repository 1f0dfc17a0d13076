using System.Xml.Linq;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>What every page of the program must be.</summary>
internal static class PageChecks
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
                .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.All(Places(picture, "x", "x1", "x2", "cx"), x => Assert.InRange(x, -1, size[2] + 1));
            Assert.All(Places(picture, "y", "y1", "y2", "cy"), y => Assert.InRange(y, -1, size[3] + 1));
        });
        return body;
    }

    private static IEnumerable<double> Places(XElement picture, params string[] names) => picture.Descendants().Attributes()
        .Where(attribute => names.Contains(attribute.Name.LocalName))
        .Select(attribute => double.Parse(attribute.Value, System.Globalization.CultureInfo.InvariantCulture));
}
