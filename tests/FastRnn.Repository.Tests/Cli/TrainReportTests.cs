using System.Text.Json;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>The report that <c>train</c> leaves with the model.</summary>
public sealed class TrainReportTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_page_shows_curves_and_samples()
    {
        folder.Model("m", steps: 12);
        var body = PageChecks.Read(folder.Path("m", "report.html"));
        Assert.Equal(
            ["Loss", "Learning rate", "Gradient norm", "Speed", "What it wrote"], body.Elements("h2").Select(heading => heading.Value));
        Assert.Equal(4, body.Descendants("svg").Count());

        // The picture comes first, and is as wide as the page, whatever that is.
        Assert.Equal(["h1", "figure", "p"], body.Elements().Take(3).Select(element => element.Name.LocalName));
        Assert.All(body.Descendants("svg"), picture => Assert.Equal("plot", picture.Attribute("class")!.Value));
        Assert.Contains(".plot { width: 100%;", File.ReadAllText(folder.Path("m", "report.html")), StringComparison.Ordinal);
        Assert.Contains(body.Elements("p"), remark => remark.Value == "after step 12");
        Assert.Contains("12 steps so far", body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_taken_up_again_has_the_curve_of_the_whole_run()
    {
        folder.Train(folder.Text, "--cell", "elman", "--steps", "9", "--out", folder.Path("whole")).AssertSucceeds();
        folder.Train(folder.Text, "--cell", "elman", "--steps", "4", "--out", folder.Path("first")).AssertSucceeds();
        CommandLineRun.Of("train", "--resume", folder.Path("first"), "--steps", "9", "--out", folder.Path("second")).AssertSucceeds();
        Assert.Equal(9, Losses("whole").Count);
        Assert.Equal(Losses("whole"), Losses("second"));
    }

    [Fact]
    public void What_was_written_down_after_the_checkpoint_did_not_happen()
    {
        folder.Model("m", steps: 3);
        folder.Model("longer", steps: 7);
        File.Copy(folder.Path("longer", "history.json"), folder.Path("m", "history.json"), overwrite: true);
        CommandLineRun.Of("train", "--resume", folder.Path("m"), "--steps", "5").AssertSucceeds();
        Assert.Equal(Enumerable.Range(1, 5).Select(step => (long)step), Losses("m").Select(point => point.Step));
    }

    [Fact]
    public void An_interrupted_run_leaves_one_as_well()
    {
        var run =
            folder.Train(new CancellationToken(canceled: true), folder.Text, "--cell", "elman", "--steps", "30", "--out", folder.Path("m"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        PageChecks.Read(folder.Path("m", "report.html"));
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("null", "empty")]
    [InlineData("{\"format_version\":7,\"stride\":1,\"points\":[],\"validations\":[],\"samples\":[]}", "format_version: expected 1, got 7")]
    [InlineData(
        "{\"format_version\":1,\"stride\":0,\"points\":[],\"validations\":[],\"samples\":[]}", "stride: expected a number above 0, got 0")]
    [InlineData("{\"format_version\":1,\"stride\":1,\"points\":[null],\"validations\":[],\"samples\":[]}",
        "points: expected steps in rising order")]
    [InlineData(
        "{\"format_version\":1,\"stride\":1,\"points\":null,\"validations\":[],\"samples\":[]}", "points: expected steps in rising order")]
    [InlineData("{\"format_version\":1,\"stride\":1,\"points\":[],\"validations\":[{\"step\":1,\"loss\":1e999}],\"samples\":[]}",
        "expected finite numbers")]
    [InlineData("{\"format_version\":1,\"stride\":1,\"points\":[],\"validations\":[],\"samples\":[{\"step\":1,\"text\":null}]}",
        "samples: expected steps in rising order")]
    public void A_damaged_history_costs_the_curves_and_not_the_run(string history, string says)
    {
        folder.Model("m", steps: 3);
        File.WriteAllText(folder.Path("m", "history.json"), history);
        var run = CommandLineRun.Of("train", "--resume", folder.Path("m"), "--steps", "5").AssertSucceeds();
        Assert.Contains("history.json: " + says, run.Output, StringComparison.Ordinal);
        Assert.Equal([4, 5], Losses("m").Select(point => point.Step));
    }

    [Fact]
    public void A_divergence_is_explained_by_layer_and_unit()
    {
        var run = folder.Train(folder.Text, "--cell", "elman", "--steps", "50", "--learning-rate", "1e38", "--out", folder.Path("m"));
        run.AssertFails(ExitCodes.Diverged, "training diverged", " of layer ");
    }

    private List<(long Step, double Loss)> Losses(string name)
    {
        using var history = JsonDocument.Parse(File.ReadAllText(folder.Path(name, "history.json")));
        return [.. history.RootElement.GetProperty("points")
            .EnumerateArray().Select(point => (point.GetProperty("step").GetInt64(), point.GetProperty("loss").GetDouble()))];
    }
}
