using System.Text;

using FastRnn.Cli;
using FastRnn.Cli.Folders;

namespace FastRnn.Repository.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private const string Many = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34";

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
    [InlineData("\"elman\"", "\"mamba\"", "cell: expected one of lstm, gru, elman, ")]
    [InlineData("[128,128]", "[128,129]", "parameters: expected 107650, got 107008")]
    [InlineData("[128,128]", "null", "hidden_sizes: expected 1 to 64 numbers, got 0")]
    [InlineData("[128,128]", "[128,0]", "hidden_sizes: expected 1 to 65536, got 0")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"dropout\":1", "dropout: expected 0 to below 1, got 1")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"dropout\":1e999", "config.json")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"zoneout\":1", "zoneout: expected 0 to below 1, got 1")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"dimensions\":[-1]", "dimensions: expected 1 to 65536, got -1")]
    [InlineData("\"format_version\":1", "\"format_version\":1,\"code\":{}", "damaged")]
    [InlineData(
        "\"format_version\":1", "\"format_version\":1,\"code\":{\"file\":\"../cell.cs\",\"sha256\":\"\"}", "code: expected cell.cs or")]
    [InlineData("\"elman\"", "\"A>(1)] class B\",\"code\":{\"file\":\"cell.cs\",\"sha256\":\"\"}", "expected the name of a class")]
    [InlineData("\"elman\"", "null,\"code\":{\"file\":\"cell.cs\",\"sha256\":\"\"}", "cell: expected the name of a class, got ''")]
    [InlineData("\"bytes\"", "\"words\"", "vocabulary: expected bytes, got words")]
    [InlineData("\"embedding_size\":64", "\"embedding_size\":65", "parameters: expected 107392, got 107008")]
    public void A_configuration_of_another_model_is_refused(string old, string other, string says)
    {
        var model = folder.Model();
        var path = folder.Path("model", "config.json");
        Edit(path, old, other);
        CommandLineRun.Of("info", model).AssertFails(ExitCodes.Failed, "config.json", says);
    }

    [Fact]
    public void A_configuration_with_another_digit_is_damaged()
    {
        var model = folder.Model();
        var path = folder.Path("model", "config.json");
        var bytes = File.ReadAllBytes(path);
        foreach (var at in Enumerable.Range(0, bytes.Length).Where(at => char.IsAsciiDigit((char)bytes[at])))
        {
            var changed = (byte[])bytes.Clone();
            changed[at] = (byte)(bytes[at] == '1' ? '2' : '1');
            File.WriteAllBytes(path, changed);
            CommandLineRun.Of("info", model).AssertFails(ExitCodes.Failed, "config.json", "damaged");
        }
    }

    [Theory]
    [InlineData("dropout", "0.25", "0.5")]
    [InlineData("zoneout", "0.125", "0.5")]
    public void A_run_goes_on_with_the_rate_it_began_with(string key, string rate, string other)
    {
        var model = folder.Path("rates");
        folder.Train(folder.Text, "--steps", "2", "--dropout", "0.25", "--zoneout", "0.125", "--out", model).AssertSucceeds();
        Edit(Path.Combine(model, "config.json"), $"\"{key}\":{rate}", $"\"{key}\":{other}");
        CommandLineRun.Of("train", "--resume", model, "--steps", "4")
            .AssertFails(ExitCodes.Failed, "config.json", $"\"{key}\":{other}");
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
    [InlineData("--cell: expected one of lstm, gru, elman, ", "train", "--cell", "mamba")]
    [InlineData("got 'mamba'", "train", "--cell", "mamba")]
    [InlineData("--hidden: expected a number from 1 to 65536, got '0'", "train", "--hidden", "0")]
    [InlineData("--layers: expected a number from 1 to 64, got '65'", "train", "--layers", "65")]
    [InlineData("--dropout: expected a number from 0 to below 1, got '1'", "train", "--dropout", "1")]
    [InlineData("--zoneout: expected a number from 0 to below 1, got '1'", "train", "--zoneout", "1")]
    [InlineData("--dimensions: expected numbers from 1 to 65536, got 'x'", "train", "--dimensions", "4,x")]
    [InlineData("has seen the answer", "train", "--bidirectional")]
    [InlineData("--hidden: the declaration", "train", "--declaration", "none.cs", "--hidden", "3")]
    [InlineData("--hidden: expected numbers from 1 to 65536, got '0'", "search", "--hidden", "8,0")]
    [InlineData("--hidden: expected each value once", "search", "--hidden", "8,8")]
    [InlineData("--learning-rate: expected numbers above 0, got 'NaN'", "search", "--learning-rate", "NaN")]
    [InlineData("--cell: expected values with commas", "search", "--cell", "lstm,")]
    [InlineData("at most 1024 candidates, got 1,156", "search", "--hidden", Many, "--embedding", Many)]
    [InlineData("--steps: 4 candidates in 2 rounds need at least 8, got 7", "search", "--hidden", "1,2,3,4", "--steps", "7")]
    [InlineData("--threads: expected numbers from 0 to 256, got '257'", "bench", "dir", "--threads", "1,257")]
    [InlineData("no option '--unknown'", "train", "--unknown")]
    [InlineData("'--unknown'", "sample", "dir", "--unknown")]
    [InlineData("two", "train", "one", "two")]
    [InlineData("--temperature: expected 0 or more, got '-0.1'", "sample", "dir", "--temperature", "-0.1")]
    [InlineData("--temperature: expected 0 or more, got 'NaN'", "sample", "dir", "--temperature", "NaN")]
    [InlineData("--top-k: expected 0 or more, got '-1'", "sample", "dir", "--top-k", "-1")]
    [InlineData("--length: expected 0 or more, got '-5'", "sample", "dir", "--length", "-5")]
    [InlineData("Required argument 'DIR' missing", "sample")]
    [InlineData("Required argument 'DIR' missing", "info")]
    [InlineData("fly", "fly")]
    public void A_wrong_command_line_is_refused_with_what_was_expected(string says, params string[] args) =>
        CommandLineRun.Of(args).AssertFails(ExitCodes.Usage, says);

    // As somebody does who means it: without the hash, which would not be the right one any more.
    private static void Edit(string path, string old, string other)
    {
        var text = Encoding.UTF8.GetString(SealedText.Content(File.ReadAllBytes(path)));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, other, StringComparison.Ordinal));
    }
}
