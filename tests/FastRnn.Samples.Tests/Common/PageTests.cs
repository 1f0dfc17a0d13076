using FastRnn.Samples.Common;

namespace FastRnn.Samples.Tests.Common;

/// <summary>Each sample has its page, which shows the declarations that are compiled.</summary>
public class PageTests
{
    public static TheoryData<string> Names => [.. Program.Samples.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_shows_command_declaration_and_no_option_that_is_unknown(string name)
    {
        var sample = Program.Samples.Single(sample => sample.Name == name);
        var folder = Sources.Path(sample.GetType().Namespace!.Split('.')[^1]);
        var page = File.ReadAllText(Path.Combine(folder, "README.md"));
        Assert.Contains($"dotnet run -c Release --project src/Samples -- {name}", page, StringComparison.Ordinal);

        var sources = string.Concat(Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText));
        var declarations = page.Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0]).ToList();
        Assert.All(declarations, declaration => Assert.Contains(declaration, sources, StringComparison.Ordinal));
        Assert.Contains(declarations, declaration => declaration.Contains("[Model", StringComparison.Ordinal));

        var known = sample.Options.Concat(CommonOptions.All).Select(option => "--" + option.Name).Append("--project").Append("--");
        var used = page.Split("```sh\n").Skip(1)
            .SelectMany(block => block.Split("```")[0].Split([' ', '\n'])).Where(word => word.StartsWith("--", StringComparison.Ordinal));
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void The_list_has_them_all()
    {
        var page = File.ReadAllText(Sources.Path("README.md"));
        Assert.All(Program.Samples, sample => Assert.Contains($"| [{sample.Name}](", page, StringComparison.Ordinal));
    }
}
