using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>The table of <c>src/FastRnn/README.md</c> says which folder may use which; here it is held against the code.</summary>
public partial class RuntimeFolderTests
{
    private const string Root = "src/FastRnn";

    private static readonly List<(string Folder, HashSet<string> MayUse)> Table = ReadTable();

    /// <summary>What looks up all the same: a file or a folder, and a folder above it.</summary>
    private static readonly List<(string Place, string To)> Upward = ReadUpward();

    [Fact]
    public void The_table_names_every_folder_and_no_other() => Assert.Equal(
        Checkout.Sources(Root)
            .Select(file => FolderUses.Folder(Root, file)).Where(folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal),
        Table.Select(row => row.Folder).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_lets_a_folder_use_only_folders_above_it()
    {
        for (var i = 0; i < Table.Count; i++)
        {
            Findings.None(Table[i].MayUse.Except(Table.Take(i).Select(row => row.Folder)), Table[i].Folder);
        }
    }

    /// <summary>A partial method without its other half: the framework's own generators (LibraryImport) are not run here.</summary>
    private const string MissingHalf = "CS8795";

    [Fact]
    public void Folders_use_only_what_the_table_lets_them_use()
    {
        var uses = FolderUses.Of(Build.Folder(Root).Generate(out _, MissingHalf), Root);

        Assert.NotEmpty(uses[("Training", "Execution")]);
        Findings.None(
            from use in uses
            where !Table.Single(row => row.Folder == use.Key.From).MayUse.Contains(use.Key.To)
            from place in use
            where !Upward.Any(up => up.To == use.Key.To && place.StartsWith($"{Root}/{up.Place}", StringComparison.Ordinal))
            select $"{use.Key.From} uses {use.Key.To}: {place}");
        Findings.None(
            from up in Upward
            where !uses.Any(
                use => use.Key.To == up.To && use.Any(place => place.StartsWith($"{Root}/{up.Place}", StringComparison.Ordinal)))
            select $"{up.Place} does not use {up.To}");
    }

    [Fact]
    public void What_looks_up_is_said_apart()
    {
        Assert.NotEmpty(Upward);
        Findings.None(
            from up in Upward
            where Table.FindIndex(row => row.Folder == up.To) <= Table.FindIndex(row => row.Folder == FolderUses.Folder("", $"/{up.Place}"))
            select $"{up.Place} does not look up to {up.To}");
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong =
            from file in Checkout.Sources(Root)
            let folder = FolderUses.Folder(Root, file)
            let expected = folder is "" or "Attributes" ? "namespace FastRnn;"
                : folder is not "Contract" ? $"namespace FastRnn.{folder};"
                : file.StartsWith($"{Root}/Contract/CompilerServices/", StringComparison.Ordinal) ? "namespace FastRnn.CompilerServices;"
                : "namespace FastRnn;"
            where !Checkout.Lines(file).Contains(expected)
            select $"{file}: expected {expected}";
        Findings.None(wrong);
    }

    private static List<(string Folder, HashSet<string> MayUse)> ReadTable()
    {
        var table = new List<(string Folder, HashSet<string> MayUse)>();
        foreach (var row in Checkout.Lines(Root + "/README.md")
            .Where(line => !UpwardRow().IsMatch(line)).Select(line => Row().Match(line)).Where(match => match.Success))
        {
            var named = Name().Matches(row.Groups["uses"].Value).Select(match => match.Groups[1].Value).ToHashSet();
            // "as `Inference`" stands for everything that Inference may use.
            var like = Like().Match(row.Groups["uses"].Value);
            if (like.Success)
            {
                named.UnionWith(table.Single(other => other.Folder == like.Groups[1].Value).MayUse);
            }

            table.Add((row.Groups["folder"].Value, named));
        }

        return table;
    }

    private static List<(string Place, string To)> ReadUpward() => [..
        from line in Checkout.Lines(Root + "/README.md")
        let row = UpwardRow().Match(line)
        where row.Success
        from Match name in Name().Matches(row.Groups["to"].Value)
        select (row.Groups["place"].Value, name.Groups[1].Value)];

    [GeneratedRegex(@"^\| `(?<place>\w+/([\w/]+\.cs)?)` \| (?<to>`[^|]+`) \|[^|]*\|$")]
    private static partial Regex UpwardRow();

    [GeneratedRegex(@"^\| `(?<folder>\w+)/` \|.*\|(?<uses>[^|]+)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("as `([A-Z][A-Za-z]+)`")]
    private static partial Regex Like();
}
