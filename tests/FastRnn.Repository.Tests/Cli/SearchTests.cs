using System.Text.Json;

using FastRnn.Cli;
using FastRnn.Cli.Search;
using FastRnn.Cli.Training;

namespace FastRnn.Repository.Tests.Cli;

public sealed class SearchTests : IDisposable
{
    private static readonly string[] Small = ["--layers", "1", "--embedding", "4", "--batch-size", "4", "--sequence-length", "8"];

    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_best_has_the_weights_of_a_training_with_its_options()
    {
        var cell = folder.Code("mine.cs", CellFiles.Elman);
        string[] options = ["--cell", $"elman,{cell}", "--hidden", "4,8", "--learning-rate", "1e-2,1e-6", "--steps", "240"];
        var run = Search([.. options, "--json"]).AssertSucceeds();
        using var report = JsonDocument.Parse(run.Lines[^1]);
        var candidates = report.RootElement.GetProperty("candidates").EnumerateArray().ToList();
        Assert.Equal("finished", report.RootElement.GetProperty("outcome").GetString());

        // 8 candidates in 3 rounds: 8 to step 10, 4 to step 30, 2 to step 70. The same equations are equally good: the first of both wins.
        Assert.Equal([3, 3, 2, 2, 1, 1, 1, 1], candidates.Select(c => c.GetProperty("rounds").GetInt32()));
        Assert.Equal([70, 70, 30, 30, 10, 10, 10, 10], candidates.Select(c => c.GetProperty("steps").GetInt64()));
        Assert.Equal("elman", candidates[0].GetProperty("cell").GetString());
        Assert.Equal("Mine", candidates[1].GetProperty("cell").GetString());
        Assert.Equal(candidates[0].GetProperty("validation_loss").GetDouble(), candidates[1].GetProperty("validation_loss").GetDouble());
        Assert.All(candidates[..4], c => Assert.Equal(0.01, c.GetProperty("learning_rate").GetDouble(), 1e-6));

        var hidden = candidates[0].GetProperty("hidden_sizes")[0].GetInt32();
        string[] one = ["--hidden", $"{hidden}", "--learning-rate", "1e-2", "--steps", "70", "--out", folder.Path("one")];
        CommandLineRun.Of(["train", folder.Text, "--cell", "elman", .. one, .. Small]).AssertSucceeds();
        Assert.Equal(folder.Numbers("one"), folder.Numbers("best"));
        CommandLineRun.Of("train", "--resume", folder.Path("best"), "--steps", "71").AssertSucceeds();

        var body = PageChecks.Read(folder.Path("best", "search.html"));
        Assert.Equal(["h1", "figure", "p"], body.Elements().Take(3).Select(element => element.Name.LocalName));
        Assert.Contains(body.Descendants("td"), cellOfTable => cellOfTable.Value.StartsWith("Mine, layers of 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Ctrl_C_keeps_the_best_so_far()
    {
        using var interrupt = new CancellationTokenSource();
        using var output = new CancellingStream("   2  step", interrupt);
        var run = CommandLineRun.Of(
            output, interrupt.Token,
            ["search", folder.Text, "--cell", "elman", "--hidden", "3,4,5", "--steps", "60", "--out", folder.Path("best"), .. Small]);
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Contains("Best:", run.Output, StringComparison.Ordinal);
        CommandLineRun.Of("info", folder.Path("best")).AssertSucceeds();
        PageChecks.Read(folder.Path("best", "search.html"));
    }

    [Fact]
    public void A_search_whose_candidates_all_diverge_saves_nothing()
    {
        var run = Search("--cell", "elman", "--hidden", "4", "--learning-rate", "3e38,2e38", "--steps", "60");
        run.AssertFails(ExitCodes.Diverged, "all candidates diverged", "nothing was saved");
        Assert.False(File.Exists(folder.Path("best", "config.json")));
    }

    [Fact]
    public void A_search_by_time_ends()
    {
        var run = Search("--cell", "elman,gru", "--hidden", "4", "--seconds", "0.1", "--json").AssertSucceeds();
        Assert.Contains("\"outcome\":\"finished\"", run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 2 })]
    [InlineData(3, new[] { 3, 2 })]
    [InlineData(5, new[] { 5, 3, 2 })]
    [InlineData(8, new[] { 8, 4, 2 })]
    [InlineData(18, new[] { 18, 9, 5, 3, 2 })]
    public void Rounds_halve_the_candidates_and_share_the_budget_equally(int candidates, int[] expected)
    {
        var plan = new HalvingPlan(candidates, new TrainingPlan(1000, 60));
        Assert.Equal(expected, plan.Rounds.Select(round => round.Candidates));
        var (steps, seconds, before) = (0L, 0.0, new TrainingPlan(0, 0));
        foreach (var (count, until) in plan.Rounds)
        {
            steps += count * (until.Steps!.Value - before.Steps!.Value);
            Assert.Equal(60.0 / expected.Length, count * (until.Seconds!.Value - before.Seconds!.Value), 1e-9);
            (seconds, before) = (until.Seconds.Value, until);
        }

        Assert.InRange(steps, 1000 - expected.Sum(), 1000);
        Assert.Equal(seconds, plan.Whole.Seconds!.Value);
    }

    private CommandLineRun Search(params string[] args) =>
        CommandLineRun.Of(["search", folder.Text, "--out", folder.Path("best"), .. Small, .. args]);
}
