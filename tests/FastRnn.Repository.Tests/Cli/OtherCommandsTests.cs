using System.Reflection;
using System.Text;

using FastRnn.Cells;
using FastRnn.Cli;
using FastRnn.Cli.Corpus;

namespace FastRnn.Repository.Tests.Cli;

public sealed class OtherCommandsTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Info_counts_what_a_model_has_and_what_a_step_costs()
    {
        var run = CommandLineRun.Of("info", folder.Model(steps: 3, cell: "lstm")).AssertSucceeds();
        Assert.Contains("step 3", run.Lines[0], StringComparison.Ordinal);

        // 4 x 128 x (64 + 128 + 1), 4 x 128 x (128 + 128 + 1), 256 x (128 + 1), and 256 x 64 of the embedding.
        Row("embedding", "256 -> 64", "16,384", "65,536", "0");
        Row("lstm", "64 -> 128", "98,816", "395,264", "98,304");
        Row("lstm", "128 -> 128", "131,584", "526,336", "131,072");
        Row("dense", "128 -> 256", "33,024", "132,096", "32,768");
        Row("all", "256 -> 256", "279,808", "1,119,232", "262,144");
        Assert.Contains("[128, 64]", run.Output, StringComparison.Ordinal);
        Assert.Contains("tensors are F32.", run.Output, StringComparison.Ordinal);

        void Row(params string[] cells) =>
            Assert.Contains(run.Lines, line => cells.All(cell => $" {line} ".Contains($" {cell} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Gradcheck_finds_every_cell_within_its_bound()
    {
        var run = CommandLineRun.Of("gradcheck").AssertSucceeds();
        var cells = typeof(Lstm).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CellAttribute>() is not null).Select(type => type.Name).ToList();
        Assert.Contains("Lstm", cells);
        foreach (var cell in cells)
        {
            Assert.Contains(run.Lines, line =>
                line.StartsWith(cell + " ", StringComparison.Ordinal) && line.Contains("128 bit", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("WRONG", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "--help")]
    [InlineData("search", "--help")]
    [InlineData("bench", "--help")]
    [InlineData("plan", "--help")]
    [InlineData("gradcheck", "--help")]
    [InlineData]
    public void Help_says_the_exit_codes_once(params string[] args) =>
        Assert.Equal(2, CommandLineRun.Of(args).AssertSucceeds().Output.Split(ExitCodes.Help).Length);

    [Fact]
    public void Without_a_command_all_are_listed()
    {
        var lines = CommandLineRun.Of().AssertSucceeds().Lines;
        Assert.All(
            ["train", "search", "sample", "info", "bench", "plan", "import", "run", "export", "gradcheck", "gradflow"],
            name => Assert.Contains(lines, line => line.StartsWith($"  {name} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("And so\nAnd yet\nThe\nBut it\n", "And")]
    [InlineData("  public int x;\n\tpublic y;\nusing z;\n", "public")]
    [InlineData("a b\nab c\n1 one\n(the x\nende\n", null)]
    [InlineData("zoo x\nape x\n", "ape")]
    public void The_next_command_begins_with_a_word_that_lines_begin_with(string text, string? expected) =>
        Assert.Equal(expected, FirstWord.Of(text.Select(c => (int)c).ToArray()));

    [Fact]
    public void The_embedded_corpus_is_the_sources_and_nothing_else()
    {
        var text = Encoding.UTF8.GetString(EmbeddedCorpus.Read());
        Assert.Contains("internal static class EmbeddedCorpus", text, StringComparison.Ordinal);
        Assert.Contains("public sealed partial class Lstm", text, StringComparison.Ordinal);
        Assert.Contains("namespace FastRnn.Generators.Emission;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AssemblyInformationalVersionAttribute", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);

        // By paths, the generator before the runtime.
        Assert.True(text.IndexOf("namespace FastRnn.Generators.Analysis;", StringComparison.Ordinal)
            < text.IndexOf("namespace FastRnn.Cells;", StringComparison.Ordinal));
    }
}
