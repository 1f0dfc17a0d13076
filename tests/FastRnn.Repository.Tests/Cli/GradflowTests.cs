using System.Text.Json;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

public sealed class GradflowTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_page_is_one_well_formed_file_with_every_picture()
    {
        var run = Look("--cells", "elman,irnn,indrnn,gru,mgu,lstm", "--length", "16", "--steps", "8").AssertSucceeds();
        Assert.Equal($"page   {folder.Path("p.html")}", run.Lines[^1]);
        var body = PageChecks.Read(folder.Path("p.html"));
        string[] headings = ["Before training", "After 8 steps of training", "In numbers", "The spectral radius of a step",
            "How far a character reaches back", "Gates over a text", "What a single neuron says"];
        Assert.Equal(headings, body.Elements("h2").Select(heading => heading.Value));
        Assert.InRange(body.Descendants("svg").Count(), 5, 20);
        Assert.Contains(body.Descendants("text"), text => text.Value == "lstm: dL/dc");
        Assert.Equal(["steps before the end", "0", "1", "2", "5", "10", "15"],
            body.Descendants("table").First().Descendants("th").Select(cell => cell.Value));
    }

    [Fact]
    public void The_simple_cell_loses_the_gradient_and_the_identity_keeps_it()
    {
        var run = Look("--length", "100", "--steps", "0", "--json", "--model", folder.Model()).AssertSucceeds();
        using var report = JsonDocument.Parse(run.Lines[^1]);
        var cells = report.RootElement.GetProperty("cells").EnumerateArray().ToDictionary(cell => cell.GetProperty("cell").GetString()!);
        Assert.Equal(["elman", "irnn", "gru", "lstm"], cells.Keys);
        Assert.InRange(Left("elman"), 0, 1e-3);
        Assert.InRange(Left("irnn"), 0.3, 1.5);
        Assert.All(cells.Values, cell => Assert.Equal(JsonValueKind.Null, cell.GetProperty("after").ValueKind));
        Assert.Equal(20, cells["lstm"].GetProperty("before").GetProperty("radii").GetArrayLength());
        Assert.Equal(
            ["i", "f", "g", "o", "Tanh(c)"],
            cells["lstm"].GetProperty("before").GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("name").GetString()));

        double Left(string cell)
        {
            var norms = cells[cell].GetProperty("before")
                .GetProperty("states")[0].GetProperty("norms").EnumerateArray().Select(norm => norm.GetDouble()).ToList();
            Assert.Equal((100, 1.0), (norms.Count, norms[0]));
            return norms[^1];
        }
    }

    [Fact]
    public void A_trained_model_is_read_with_the_users_text_and_unit()
    {
        File.WriteAllText(folder.Path("own.txt"), string.Concat(Enumerable.Repeat("a \"quote\" (and <brackets> & more)\u0001\uFFFE\n", 9)));
        var run = Look("--cells", "elman", "--length", "4", "--steps", "0", "--model", folder.Model(cell: "gru"), "--text",
            folder.Path("own.txt"), "--unit", "1:17", "--json").AssertSucceeds();
        var body = PageChecks.Read(folder.Path("p.html"));
        Assert.Contains(body.Descendants("text"), text => text.Value == "h [17] of layer 1");
        Assert.Contains("own.txt", body.Value, StringComparison.Ordinal);
        Assert.Contains("(gru, 2 steps)", body.Value, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(run.Lines[^1]);
        var gates = report.RootElement.GetProperty("text")
            .GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("name").GetString());
        Assert.Equal(["r", "z", "n", "r", "z", "n"], gates);
    }

    [Fact]
    public void The_same_seed_gives_the_same_page_and_another_does_not()
    {
        string[] small = ["--cells", "gru", "--length", "8", "--steps", "4"];
        var pages = new[] { "1", "1", "2" }.Select(seed =>
        {
            Look([.. small, "--seed", seed]).AssertSucceeds();
            return File.ReadAllText(folder.Path("p.html"));
        }).ToList();
        Assert.Equal(pages[0], pages[1]);
        Assert.NotEqual(pages[0], pages[2]);
    }

    [Fact]
    public void An_interruption_leaves_no_page()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        var run = CommandLineRun.Of(interrupt.Token, "gradflow", "--out", folder.Path("p.html"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.False(File.Exists(folder.Path("p.html")));
    }

    [Theory]
    [InlineData("--cells: expected some of elman,irnn,indrnn,gru,mgu,lstm, got 'mamba'", "--cells", "elman,mamba")]
    [InlineData("--length: expected a number from 2 to 2000, got '1'", "--length", "1")]
    [InlineData("--steps: expected a number from 0 to 100000, got '-1'", "--steps", "-1")]
    [InlineData("--unit: expected LAYER:UNIT, such as 1:17, got '17'", "--unit", "17")]
    [InlineData("--unit: expected LAYER:UNIT, such as 1:17, got '1:-2'", "--unit", "1:-2")]
    public void A_wrong_option_is_refused_with_what_was_expected(string says, params string[] args) =>
        Look(args).AssertFails(ExitCodes.Usage, says);

    [Fact]
    public void Missing_files_and_places_that_cannot_be_written_are_refused_before_anything_is_measured()
    {
        Look("--model", folder.Path("none")).AssertFails(ExitCodes.Failed, "no such directory");
        Look("--text", folder.Path("none")).AssertFails(ExitCodes.Failed, "no such file");
        File.WriteAllText(folder.Path("short"), "too short");
        Look("--text", folder.Path("short")).AssertFails(ExitCodes.Failed, "expected at least 64 bytes of text, got 9");
        CommandLineRun.Of("gradflow", "--out", folder.Root)
            .AssertFails(ExitCodes.Failed, "expected a file to write the page to, got a directory");
        CommandLineRun.Of("gradflow", "--out", folder.Path("none", "p.html")).AssertFails(ExitCodes.Failed, "there is no directory");
    }

    [Fact]
    public void A_unit_that_the_model_does_not_have_is_refused() =>
        Look("--cells", "elman", "--length", "2", "--steps", "0", "--model", folder.Model(), "--unit", "1:128")
            .AssertFails(ExitCodes.Usage, "--unit: expected LAYER:UNIT with a layer from 0 to 1 and a unit from 0 to 127, got '1:128'");

    private CommandLineRun Look(params string[] args) => CommandLineRun.Of(["gradflow", "--out", folder.Path("p.html"), .. args]);
}
