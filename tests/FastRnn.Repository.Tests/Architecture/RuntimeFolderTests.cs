using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>The table of <c>src/FastRnn/README.md</c> says which folder may use which; here it is held against the code.</summary>
public partial class RuntimeFolderTests
{
    private const string Root = "src/FastRnn";

    private static readonly List<(string Folder, HashSet<string> MayUse)> Table = ReadTable();

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

        Assert.NotEmpty(uses[("Training", "Models")]);
        Findings.None(
            from use in uses
            where !Table.Single(row => row.Folder == use.Key.From).MayUse.Contains(use.Key.To)
            select $"{use.Key.From} uses {use.Key.To}: {use.First()}");
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong =
            from file in Checkout.Sources(Root)
            let folder = FolderUses.Folder(Root, file)
            let expected = folder is "" or "Attributes" ? "namespace FastRnn;" : $"namespace FastRnn.{folder};"
            where !Checkout.Lines(file).Contains(expected)
            select $"{file}: expected {expected}";
        Findings.None(wrong);
    }

    private static List<(string Folder, HashSet<string> MayUse)> ReadTable()
    {
        var table = new List<(string Folder, HashSet<string> MayUse)>();
        foreach (var row in Checkout.Lines(Root + "/README.md").Select(line => Row().Match(line)).Where(match => match.Success))
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

    [GeneratedRegex(@"^\| `(?<folder>\w+)/` \|.*\|(?<uses>[^|]+)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("as `([A-Z][A-Za-z]+)`")]
    private static partial Regex Like();
}
