using FastRnn.Repository.Tests.Readme;

namespace FastRnn.Repository.Tests.Package;

/// <summary>README's first program, a file and nothing else, run by <c>dotnet run -c Release shore.cs</c> where the packages are.</summary>
[Collection(nameof(OutsideTests))]
public class OneFileTests(Outside outside)
{
    [Fact]
    public async Task A_program_of_one_file_runs_and_prints_what_the_page_says()
    {
        var program = ReadmeBlock.Of("program")[0];
        Assert.Equal("#:package FastRnn@*", program.Lines[0]);
        outside.Write("one", ("shore.cs", program.Text));
        var said = (await outside.DotnetAsync("one", "run", "-c", "Release", "shore.cs")).SucceededWithoutWarnings();
        Assert.Equal(Assert.Single(ReadmeBlock.Of("output")).Text.TrimEnd('\n'), said.ReplaceLineEndings("\n").TrimEnd('\n'));
    }
}
