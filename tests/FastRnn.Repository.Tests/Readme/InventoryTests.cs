using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary><c>tests/README.md</c> names, for each row of the inventory, what shows it: here each name is looked for.</summary>
public partial class InventoryTests
{
    private const string Page = "tests/README.md";
    private const int Rows = 50;

    private static readonly List<(int Number, string Proofs)> Table =
        [.. Checkout.Lines(Page).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (int.TryParse(match.Groups[1].ValueSpan, out var number) ? number : 0, match.Groups[2].Value))];

    [Fact]
    public void Every_row_is_there_once_and_has_a_proof()
    {
        Assert.Equal(Enumerable.Range(1, Rows), Table.Select(row => row.Number).Where(number => number > 0));
        Assert.All(Table, row => Assert.True(NamedTests.IsIn(row.Proofs) || Link().IsMatch(row.Proofs), $"row {row.Number} has no proof"));
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = new NamedTests();
        Findings.None(
            from row in Table
            from name in tests.Missing(row.Proofs)
            select $"row {row.Number}: {name}");
    }

    [Fact]
    public void Every_page_that_is_linked_exists()
    {
        var missing =
            from line in Checkout.Lines(Page)
            from Match link in Link().Matches(line)
            let path = Path.GetFullPath(Path.Combine(Checkout.Root, "tests", link.Groups[1].Value))
            where !File.Exists(path) && !Directory.Exists(path)
            select link.Groups[1].Value;
        Findings.None(missing);
    }

    [GeneratedRegex(@"^\| (\d+|-) \| [^|]+ \| ([^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
