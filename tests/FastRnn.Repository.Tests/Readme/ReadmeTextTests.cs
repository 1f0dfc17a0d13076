using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>What README.md and the other pages point at exists.</summary>
public partial class ReadmeTextTests
{
    public static TheoryData<string> Pages => [.. Checkout.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void The_page_is_shorter_than_250_lines() => Assert.InRange(Checkout.Lines(ReadmeBlock.File).Length, 100, 249);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page) => Findings.None(
        from Match link in Link().Matches(Checkout.Read(page))
        let target = link.Groups["target"].Value
        where !target.StartsWith("https://", StringComparison.Ordinal) && !Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
        select target, page);

    [Fact]
    public void Paths_exist() => Findings.None(
        from Match path in RepositoryPath().Matches(Checkout.Read(ReadmeBlock.File))
        where !Exists(path.Value.Trim('`'))
        select path.Value);

    [Fact]
    public void Names_of_the_library_in_the_text_exist()
    {
        var api = Checkout.Read("src/FastRnn/PublicApi.txt");
        Findings.None(
            from Match name in FunctionName()
                .Matches(Checkout.Read(ReadmeBlock.File).Split("FastRnn.Language.Functions`")[1].Split(").")[0])
            where !api.Contains($" {name.Groups[1].Value}<D>(", StringComparison.Ordinal)
            select name.Groups[1].Value);
    }

    private static bool Exists(string path) => File.Exists(Checkout.Absolute(path)) || Directory.Exists(Checkout.Absolute(path));

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(src|tests|generators|benchmarks|findings|\\.ci)/[^` ]*`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex FunctionName();
}
