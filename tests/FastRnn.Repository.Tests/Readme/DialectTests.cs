using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>Each row of the table of dialects says of which version it tells, and names the tests that hold it, or says that it is told
/// only, with a version or a script.</summary>
public partial class DialectTests
{
    private const string Page = "src/FastRnn.Interchange/dialects.md";
    private const string Told = "told, not tested";

    private static readonly List<(string Engine, string Seen, string Test)> Rows = [.. Read()];

    [Fact]
    public void Every_table_has_a_column_for_tests() => Assert.All(
        Checkout.Lines(Page).Where(line => line.StartsWith("| engine |", StringComparison.Ordinal)
            || line.StartsWith("| format |", StringComparison.Ordinal)),
        line => Assert.EndsWith("| seen | test |", line, StringComparison.Ordinal));

    [Fact]
    public void Every_row_has_a_test_or_says_where_it_was_seen()
    {
        Assert.InRange(Rows.Count, 35, 1000);
        Findings.None(
            from row in Rows
            let isTold = row.Test.StartsWith(Told, StringComparison.Ordinal)
            where isTold ? !Source().IsMatch(row.Test[Told.Length..]) : !NamedTests.IsIn(row.Test)
            select $"{row.Engine}: '{row.Test}'");
    }

    [Fact]
    public void Every_row_says_which_version_it_tells_of() => Findings.None(
        from row in Rows
        where !Source().IsMatch($"{row.Engine} {row.Seen}")
        select $"{row.Engine}: expected a version, a date or a file, got '{row.Seen}'");

    [Fact]
    public void Every_test_and_script_that_is_named_exists()
    {
        var tests = new NamedTests();
        Findings.None(
            from row in Rows
            from name in tests.Missing(row.Test)
            select $"{row.Engine}: {name}");
        Findings.None(
            from row in Rows
            from Match path in RepositoryPath().Matches($"{row.Seen} {row.Test}")
            where !File.Exists(Checkout.Absolute(path.Groups[1].Value))
            select $"{row.Engine}: {path.Value}");
    }

    // Rows below a head; cells hold no other |.
    private static IEnumerable<(string Engine, string Seen, string Test)> Read()
    {
        var isRow = false;
        foreach (var line in Checkout.Lines(Page))
        {
            if (isRow && line.StartsWith('|'))
            {
                var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
                yield return (cells[0], cells[^2], cells[^1]);
            }

            isRow = line.StartsWith("|---", StringComparison.Ordinal) || (isRow && line.StartsWith('|'));
        }
    }

    /// <summary>A version, a date or a file.</summary>
    [GeneratedRegex(@"\d+\.\d+|\b20\d\d\b|`[a-z]+/")]
    private static partial Regex Source();

    [GeneratedRegex("`([a-z]+/[^` ]+)`")]
    private static partial Regex RepositoryPath();
}
