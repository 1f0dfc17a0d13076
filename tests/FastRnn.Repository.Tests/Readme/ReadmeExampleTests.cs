using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>What README.md shows is what there is. These tests compare and fail; nothing rewrites the page.</summary>
[Collection(nameof(OneConsole))]
public class ReadmeExampleTests
{
    [Fact]
    public void Every_block_says_what_it_is()
    {
        Assert.All(ReadmeBlock.All, block => Assert.Contains(
            (block.Language, block.Kind),
            new[] { ("csharp", "file"), ("csharp", "program"), ("csharp", "emitted"), ("text", "output"), ("sh", ""), ("console", "") }));
        Assert.NotEmpty(ReadmeBlock.Of("file"));
    }

    [Fact]
    public void A_file_is_shown_as_it_is() => Assert.All(
        ReadmeBlock.Of("file"), block => Assert.Equal(Checkout.Lines(block.Argument), block.Lines));

    [Fact]
    public void The_model_that_trains_prints_what_the_page_says()
    {
        var output = Assert.Single(ReadmeBlock.Of("output"));
        Assert.Equal(output.Text.TrimEnd('\n'), ReadmeProgram.All[0].Run().TrimEnd('\n'));
    }

    [Fact]
    public void The_other_examples_run() => Assert.All(ReadmeProgram.All.Skip(1), program => Assert.Equal("", program.Run()));

    [Fact]
    public void The_first_program_is_short() =>
        Assert.InRange(ReadmeBlock.Of("program")[0].Lines.Count(line =>
            line.Length > 0 && !line.StartsWith("using FastRnn", StringComparison.Ordinal)), 15, 25);

    [Fact]
    public void What_the_generator_wrote_is_shown_line_by_line()
    {
        var block = Assert.Single(ReadmeBlock.Of("emitted"));
        var source = Assert.Single(ReadmeProgram.All[0].Generated, g => g.HintName == block.Argument);
        var emitted = source.SourceText.Lines.Select(line => line.ToString()).ToList();

        var first = emitted.FindIndex(line => line.Trim() == block.Lines[0]);
        Assert.True(first >= 0, $"{block.Argument} has no line '{block.Lines[0]}'");
        var indent = emitted[first].Length - block.Lines[0].Length;
        Assert.Equal(emitted.Skip(first).Take(block.Lines.Count).Select(line => line.Length == 0 ? line : line[indent..]), block.Lines);
    }
}
