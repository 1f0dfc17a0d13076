using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>A diagnostic stands in three places: its descriptor, the page that explains it, of declarations or of uses, and the list of
/// releases.</summary>
public partial class DiagnosticPageTests
{
    private static readonly string[] Descriptors = Ids(
        Quoted(), "generators/FastRnn.Generators/Diagnostics/Descriptors.cs", "generators/FastRnn.Generators/Analyzers/UseDescriptors.cs");

    [Fact]
    public void Ids_are_unique()
    {
        Assert.NotEmpty(Descriptors);
        Assert.Equal(Descriptors.Distinct(), Descriptors);
    }

    [Fact]
    public void Every_id_has_a_section_of_a_page_and_no_section_has_no_id() =>
        Assert.Equal(Descriptors, Ids(Heading(), "generators/diagnostics.md", "generators/uses.md"));

    [Fact]
    public void Every_id_is_listed_in_the_releases() => Assert.Equal(
        Descriptors,
        Ids(Row(), "generators/FastRnn.Generators/AnalyzerReleases.Shipped.md",
            "generators/FastRnn.Generators/AnalyzerReleases.Unshipped.md"));

    private static string[] Ids(Regex regex, params string[] files) => [.. files
        .SelectMany(file => regex.Matches(Checkout.Read(file))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex("\"(FRNN[0-9]{3})\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^## (FRNN[0-9]{3}): .+$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(FRNN[0-9]{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
