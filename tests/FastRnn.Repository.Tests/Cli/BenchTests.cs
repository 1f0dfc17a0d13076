using System.Text.Json;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

public sealed class BenchTests : IDisposable
{
    private static readonly string[] Short =
        ["--seconds", "0.001", "--batch-size", "2", "--sequence-length", "3", "--threads", "1", "--json"];

    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Good")]
    [InlineData("Pooled")]
    [InlineData("Vectors")]
    [InlineData("Heads")]
    [InlineData("Labels")]
    public void A_declaration_of_any_kind_is_measured(string name) =>
        Assert.All(Rows($"{folder.Code("models.cs", CellFiles.Models)}:{name}"), row =>
        {
            Assert.True(row.GetProperty("steps_per_second").GetDouble() > 0);
            Assert.True(row.GetProperty("microseconds_per_call").GetDouble() > 0);
        });

    [Fact]
    public void A_model_that_reads_backward_has_no_stream_and_says_so()
    {
        var rows = Rows(folder.Code("models.cs", CellFiles.Models) + ":Both");
        Assert.Equal([false, false, true, true], rows.Select(row => row.GetProperty("steps_per_second").ValueKind == JsonValueKind.Number));
        Assert.Contains("CreatePredictor", rows[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_folder_is_measured() => Assert.Equal(
        ["stream_step", "stream_block", "batch", "training"],
        Rows(folder.Model()).Select(row => row.GetProperty("what").GetString()));

    [Fact]
    public void What_is_no_model_is_refused()
    {
        CommandLineRun.Of("bench", folder.Path("none")).AssertFails(ExitCodes.Failed, "no such directory");
        CommandLineRun.Of("bench", folder.Root).AssertFails(ExitCodes.Failed, "there is no model in this directory");
        CommandLineRun.Of("bench", folder.Code("none.cs", "class None;")).AssertFails(ExitCodes.Failed, "one class with [Model], got none");
        var bad = CommandLineRun.Of("bench", folder.Code("bad.cs", "[Model] class Bad;"));
        Assert.Equal(ExitCodes.Failed, bad.ExitCode);
        Assert.Contains("bad.cs(1,2): error CS0246", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_it() => Assert.Equal(
        ExitCodes.Interrupted,
        CommandLineRun.Of(new CancellationToken(canceled: true), ["bench", folder.Model(), .. Short]).ExitCode);

    private static List<JsonElement> Rows(string model)
    {
        var run = CommandLineRun.Of(["bench", model, .. Short]).AssertSucceeds();
        using var report = JsonDocument.Parse(run.Lines[^1]);
        return [.. report.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.Clone())];
    }
}
