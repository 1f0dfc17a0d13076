using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_named() =>
        folder.Train(folder.Path("none")).AssertFails(ExitCodes.Failed, folder.Path("none"), "no such file");

    [Fact]
    public void An_empty_file_is_refused()
    {
        File.WriteAllBytes(folder.Path("empty"), []);
        folder.Train(folder.Path("empty")).AssertFails(ExitCodes.Failed, folder.Path("empty"), "empty");
    }

    [Fact]
    public void A_file_shorter_than_one_window_is_refused_with_what_is_needed()
    {
        File.WriteAllBytes(folder.Path("short"), new byte[CommandLineFolder.LeastBytes - 1]);
        folder.Train(folder.Path("short")).AssertFails(ExitCodes.Failed, "shorter than one window", "need 37 bytes, got 36");
        CommandLineRun.Of("train", folder.Text).AssertFails(ExitCodes.Failed, "64 streams of 32 steps", "need 2277 bytes");
    }

    [Fact]
    public void A_directory_is_no_text() =>
        folder.Train(folder.Root).AssertFails(ExitCodes.Failed, folder.Root, "expected a file of text, got a directory");

    [Fact]
    public void A_file_that_cannot_be_read_is_refused()
    {
        // Even root cannot read the first page of a process.
        if (OperatingSystem.IsLinux())
        {
            folder.Train("/proc/self/mem").AssertFails(ExitCodes.Failed, "/proc/self/mem", "cannot be read");
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_training()
    {
        folder.Train(folder.Text, "--out", folder.Text)
            .AssertFails(ExitCodes.Failed, "expected a directory to write the model to, got a file");
        folder.Train(folder.Text, "--out", Path.Combine(folder.Text, "below")).AssertFails(ExitCodes.Failed, "cannot be written");
        Directory.CreateDirectory(folder.Path("m", "model.safetensors"));
        var run = folder.Train(folder.Text, "--out", folder.Path("m"));
        run.AssertFails(ExitCodes.Failed, "model.safetensors", "it is a directory");
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void A_directory_without_a_model_is_refused_by_every_command()
    {
        foreach (var command in new string[][] { ["sample"], ["info"], ["train", "--resume"] })
        {
            CommandLineRun.Of([.. command, folder.Root]).AssertFails(ExitCodes.Failed, folder.Root, "config.json is missing");
            CommandLineRun.Of([.. command, folder.Path("none")]).AssertFails(ExitCodes.Failed, "no such directory");
            CommandLineRun.Of([.. command, folder.Text]).AssertFails(ExitCodes.Failed, "got a file");
        }
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("null", "got null")]
    [InlineData("[]", "damaged")]
    [InlineData("{\"cell\":\"elman\"}", "damaged")]
    [InlineData("{\"format_version\":1,\"format_version\":1}", "damaged")]
    public void A_damaged_configuration_is_refused(string text, string says)
    {
        var model = folder.Model();
        File.WriteAllText(folder.Path("model", "config.json"), text);
        CommandLineRun.Of("sample", model).AssertFails(ExitCodes.Failed, "config.json", says);
    }

    [Theory]
    [InlineData("\"format_version\":1", "\"format_version\":2", "format_version: expected 1, got 2")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"notes\":\"\"", "notes")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"cell\":\"gru\"", "cell")]
    [InlineData("\"elman\"", "\"\\u001b[31mred\\u202e\"", "got '\u00B7[31mred\u00B7'")]
    [InlineData("\"elman\"", "\"mamba\"", "cell: expected one of lstm, gru, elman, got 'mamba'")]
    [InlineData("[128,128]", "[128,256]", "hidden_sizes: expected 128, 128, got 128, 256")]
    [InlineData("[128,128]", "null", "hidden_sizes")]
    [InlineData("\"bytes\"", "\"words\"", "vocabulary: expected bytes, got words")]
    [InlineData("\"embedding_size\":64", "\"embedding_size\":65", "embedding_size: expected 64, got 65")]
    public void A_configuration_of_another_model_is_refused(string old, string other, string says)
    {
        var model = folder.Model();
        var path = folder.Path("model", "config.json");
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, other, StringComparison.Ordinal));
        CommandLineRun.Of("info", model).AssertFails(ExitCodes.Failed, "config.json", says);
    }

    [Fact]
    public void Damaged_missing_or_foreign_weights_are_refused()
    {
        var model = folder.Model();
        var gru = folder.Model("gru", cell: "gru");
        var weights = folder.Path("model", "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        foreach (var length in new[] { 0, 7, 8, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(weights, bytes[..length]);
            CommandLineRun.Of("sample", model).AssertFails(ExitCodes.Failed, weights);
        }

        File.Copy(Path.Combine(gru, "model.safetensors"), weights, overwrite: true);
        CommandLineRun.Of("sample", model).AssertFails(ExitCodes.Failed, weights, "expected", "got");
        File.Delete(weights);
        CommandLineRun.Of("sample", model).AssertFails(ExitCodes.Failed, "model.safetensors is missing");
    }

    [Theory]
    [InlineData("--steps: expected a number above 0, got '0'", "train", "--steps", "0")]
    [InlineData("--steps: expected a number above 0, got '-3'", "train", "--steps", "-3")]
    [InlineData("--steps: expected a number above 0, got 'many'", "train", "--steps", "many")]
    [InlineData("--seconds: expected a number above 0, got '0'", "train", "--seconds", "0")]
    [InlineData("--seconds: expected a number above 0, got 'NaN'", "train", "--seconds", "NaN")]
    [InlineData("--seconds: expected a number above 0, got 'Infinity'", "train", "--seconds", "Infinity")]
    [InlineData("--threads: expected a number from 0 to 256, got '-1'", "train", "--threads", "-1")]
    [InlineData("--threads: expected a number from 0 to 256, got '257'", "train", "--threads", "257")]
    [InlineData("--seed: expected", "train", "--seed", "99999999999")]
    [InlineData("--batch-size: expected a number from 1 to 4096, got '0'", "train", "--batch-size", "0")]
    [InlineData("--learning-rate: expected a number above 0, got '1e39'", "train", "--learning-rate", "1e39")]
    [InlineData("mamba", "train", "--cell", "mamba")]
    [InlineData("no option '--unknown'", "train", "--unknown")]
    [InlineData("'--unknown'", "sample", "dir", "--unknown")]
    [InlineData("two", "train", "one", "two")]
    [InlineData("--temperature: expected 0 or more, got '-0.1'", "sample", "dir", "--temperature", "-0.1")]
    [InlineData("--temperature: expected 0 or more, got 'NaN'", "sample", "dir", "--temperature", "NaN")]
    [InlineData("--top-k: expected 0 or more, got '-1'", "sample", "dir", "--top-k", "-1")]
    [InlineData("--length: expected 0 or more, got '-5'", "sample", "dir", "--length", "-5")]
    [InlineData("Required argument 'DIR' missing", "sample")]
    [InlineData("Required argument 'DIR' missing", "info")]
    [InlineData("Required command", new string[0])]
    [InlineData("fly", "fly")]
    public void A_wrong_command_line_is_refused_with_what_was_expected(string says, params string[] args) =>
        CommandLineRun.Of(args).AssertFails(ExitCodes.Usage, says);
}
