using System.Text.Json;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

public sealed class TrainTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("elman")]
    public void Every_cell_trains_saves_a_model_and_names_the_next_command(string cell)
    {
        var run = folder.Train(folder.Text, "--cell", cell, "--steps", "4", "--out", folder.Path("m")).AssertSucceeds();
        Assert.Contains($"sample {folder.Path("m")} --prompt", run.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(
            ["config.json", "history.json", "model.safetensors", "report.html", "trainer.safetensors"],
            Directory.GetFiles(folder.Path("m")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        CommandLineRun.Of("info", folder.Path("m")).AssertSucceeds();
    }

    [Fact]
    public void The_last_line_of_json_is_the_report()
    {
        var run = folder.Train(folder.Text, "--cell", "elman", "--steps", "5", "--out", folder.Path("m"), "--json").AssertSucceeds();
        using var report = JsonDocument.Parse(run.Lines[^1]);
        Assert.Equal(5, report.RootElement.GetProperty("steps").GetInt64());
        Assert.InRange(report.RootElement.GetProperty("train_loss").GetDouble(), 1, 7);
        Assert.InRange(report.RootElement.GetProperty("validation_loss").GetDouble(), 1, 7);
        Assert.True(report.RootElement.GetProperty("bytes_per_second").GetDouble() > 0);
        Assert.True(report.RootElement.GetProperty("allocated_bytes_per_step").GetDouble() >= 0);
        Assert.True(report.RootElement.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal("finished", report.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_loss_falls()
    {
        var run = folder.Train(folder.Text, "--cell", "gru", "--steps", "60", "--out", folder.Path("m"), "--json").AssertSucceeds();
        using var report = JsonDocument.Parse(run.Lines[^1]);

        // 256 equally likely bytes would be 5.5.
        Assert.InRange(report.RootElement.GetProperty("validation_loss").GetDouble(), 0, 2);
    }

    [Fact]
    public void Seed_and_steps_decide_the_weights_and_threads_do_not()
    {
        folder.Train(folder.Text, "--steps", "4", "--threads", "1", "--out", folder.Path("a")).AssertSucceeds();
        folder.Train(folder.Text, "--steps", "4", "--threads", "3", "--out", folder.Path("b")).AssertSucceeds();
        folder.Train(folder.Text, "--steps", "4", "--seed", "2", "--out", folder.Path("c")).AssertSucceeds();
        Assert.Equal(folder.Weights("a")[^4096..], folder.Weights("b")[^4096..]);
        Assert.NotEqual(folder.Weights("a")[^4096..], folder.Weights("c")[^4096..]);
    }

    [Fact]
    public void A_time_limit_ends_a_run()
    {
        var run = folder.Train(folder.Text, "--cell", "elman", "--seconds", "0.2", "--out", folder.Path("m"), "--json").AssertSucceeds();
        Assert.Contains("\"outcome\":\"finished\"", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Divergence_names_the_step_and_keeps_the_last_good_state()
    {
        var run = folder.Train(folder.Text, "--steps", "50", "--learning-rate", "1e38", "--out", folder.Path("m"), "--json");
        run.AssertFails(ExitCodes.Diverged, "training diverged", "Step ", folder.Path("m"), "--learning-rate");
        using var report = JsonDocument.Parse(run.Lines[^1]);
        Assert.Equal("diverged", report.RootElement.GetProperty("outcome").GetString());
        Assert.Contains($"Step {report.RootElement.GetProperty("steps").GetInt64() + 1}:", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("loss ,", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("loss  nats", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e38")]
    [InlineData("3e38")]
    public void Divergence_replaces_no_good_model(string rate)
    {
        var path = folder.Model();
        var (model, trainer) = (folder.Weights("model"), File.ReadAllBytes(folder.Path("model", "trainer.safetensors")));
        var run = folder.Train(folder.Text, "--cell", "elman", "--steps", "50", "--learning-rate", rate, "--out", path);
        run.AssertFails(ExitCodes.Diverged, "training diverged", $"kept in {path}: the model that was saved there before");
        Assert.Equal(model, folder.Weights("model"));
        Assert.Equal(trainer, File.ReadAllBytes(folder.Path("model", "trainer.safetensors")));
        CommandLineRun.Of("sample", path, "--length", "5").AssertSucceeds();
    }

    [Fact]
    public void Divergence_in_an_empty_folder_says_that_nothing_was_saved()
    {
        var run = folder.Train(folder.Text, "--cell", "elman", "--steps", "50", "--learning-rate", "3e38", "--out", folder.Path("m"));
        run.AssertFails(ExitCodes.Diverged, "training diverged", $"nothing was saved in {folder.Path("m")}");
        Assert.False(File.Exists(folder.Path("m", "model.safetensors")));
    }

    [Fact]
    public void A_text_of_any_bytes_will_do()
    {
        var bytes = new byte[2000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(folder.Path("noise"), bytes);
        var run = folder.Train(folder.Path("noise"), "--cell", "elman", "--steps", "8", "--out", folder.Path("m")).AssertSucceeds();
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void The_shortest_text_trains()
    {
        File.WriteAllBytes(folder.Path("short"), new byte[CommandLineFolder.LeastBytes]);
        folder.Train(folder.Path("short"), "--cell", "elman", "--steps", "2", "--out", folder.Path("m")).AssertSucceeds();
    }
}
