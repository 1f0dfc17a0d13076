using System.Globalization;
using System.Text.Json;

namespace FastRnn.Repository.Tests.Cli;

/// <summary><c>train</c> and <c>predict</c> of tables.</summary>
public class TableCommandTests
{
    private static readonly string[] Quick = ["--hidden", "8", "--epochs", "2", "--threads", "1"];

    [Fact]
    public void A_table_is_learned_shown_and_forecast()
    {
        using var folder = new CommandLineFolder();
        var (table, model) = (Waves(folder, 400), folder.Path("waves"));
        var run = CommandLineRun.Of(
            ["train", table, "--target", "x", "--horizon", "1,4-5", "--time", "time", "--out", model, "--json", .. Quick]).AssertSucceeds();
        Assert.StartsWith("reading ", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains("linear regression", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Lines[^1]);
        Assert.Equal(2, json.RootElement.GetProperty("epochs").GetInt32());
        Assert.Equal("x+5", json.RootElement.GetProperty("scores").EnumerateArray().Last().GetProperty("output").GetString());
        PageChecks.Read(Path.Combine(model, "report.html"));

        var info = CommandLineRun.Of("info", model).AssertSucceeds();
        Assert.Contains("forecasts: x+1, x+4, x+5", info.Output, StringComparison.Ordinal);
        Assert.Contains("linear regression", info.Output, StringComparison.Ordinal);

        var to = folder.Path("predictions.csv");
        CommandLineRun.Of("predict", model, table, "--out", to).AssertSucceeds();
        Assert.Equal("time,x+1,x+4,x+5", File.ReadLines(to).First());
        Assert.Equal(401, File.ReadLines(to).Count());
    }

    [Fact]
    public void What_is_wrong_is_said_in_a_line()
    {
        using var folder = new CommandLineFolder();
        var table = Waves(folder, 60);
        CommandLineRun.Of("train", table).AssertFails(2, "a table needs --target");
        CommandLineRun.Of("train", folder.Text, "--horizon", "3").AssertFails(2, "--horizon is for tables, which need --target");
        CommandLineRun.Of("train", "--target", "x").AssertFails(2, "expected a table");
        CommandLineRun.Of("train", table, "--target", "x", "--steps", "3").AssertFails(2, "--steps is for texts");
        CommandLineRun.Of("train", table, "--target", "x", "--horizon", "5-2", "--out", folder.Path("m")).AssertFails(
            2, "--horizon: expected numbers of rows");
        CommandLineRun.Of("train", table, "--target", "q", "--out", folder.Path("m")).AssertFails(1, "column 'q': there is no such column");
        CommandLineRun.Of("train", table, "--target", "x", "--time", "y", "--out", folder.Path("m")).AssertFails(
            1, "row 2, column 'y'", "is there twice");
        CommandLineRun.Of("train", folder.Path("none.csv"), "--target", "x", "--out", folder.Path("m")).AssertFails(
            1, "none.csv", "there is no such file");
        CommandLineRun.Of("predict", folder.Root, table).AssertFails(1, "there is no model of a table in this directory");
        Assert.False(File.Exists(folder.Path("m", "preparation.json")));
    }

    [Fact]
    public void A_cell_of_a_file_learns_a_table()
    {
        using var folder = new CommandLineFolder();
        var (table, model, cell) = (Waves(folder, 300), folder.Path("waves"), folder.Code("mine.cs", CellFiles.Elman));
        string[] train = ["train", table, "--target", "x", "--out", model, .. Quick];
        var run = CommandLineRun.Of([.. train, "--cell", cell]).AssertSucceeds();
        Assert.Contains("Mine 8, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Mine 8, ", CommandLineRun.Of("info", model).AssertSucceeds().Output, StringComparison.Ordinal);

        var wrong = folder.Code("wrong.cs", CellFiles.Elman.Replace("U * h", "Q * h", StringComparison.Ordinal));
        CommandLineRun.Of([.. train, "--cell", wrong]).AssertFails(1, "wrong.cs(10,");
        CommandLineRun.Of([.. train, "--cell", "none.cs"]).AssertFails(1, "none.cs");
    }

    [Fact]
    public void Ctrl_C_before_anything_was_measured_leaves_the_model_that_is_there()
    {
        using var folder = new CommandLineFolder();
        var (table, model) = (Waves(folder, 400), folder.Path("waves"));
        string[] train = ["train", table, "--target", "x", "--out", model, .. Quick];
        CommandLineRun.Of(train).AssertSucceeds();
        var before = File.ReadAllBytes(Path.Combine(model, "preparation.json"));
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        CommandLineRun.Of(interrupt.Token, train).AssertFails(130, "interrupted before the first epoch was measured: nothing is saved");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(model, "preparation.json")));
        CommandLineRun.Of("info", model).AssertSucceeds();
    }

    private static string Waves(CommandLineFolder folder, int rows)
    {
        var lines = Enumerable.Range(0, rows).Select(i => string.Create(
            CultureInfo.InvariantCulture,
                $"{new DateTime(2024, 1, 1).AddHours(i):yyyy-MM-dd HH:mm},{Math.Sin(i / 4.0) + (i % 7 * 0.01):0.###},{i / 2}\n"));
        File.WriteAllText(folder.Path("waves.csv"), "time,x,y\n" + string.Concat(lines));
        return folder.Path("waves.csv");
    }
}
