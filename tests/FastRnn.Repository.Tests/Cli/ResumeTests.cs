using System.Text;
using System.Text.RegularExpressions;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

public sealed class ResumeTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("elman")]
    public void A_run_that_is_taken_up_again_gives_the_bits_of_an_unbroken_one(string cell)
    {
        // The text has 27 windows an epoch: both ends of the break are inside one, and step 30 is in the next.
        folder.Train(folder.Text, "--cell", cell, "--steps", "30", "--out", folder.Path("whole")).AssertSucceeds();
        folder.Train(folder.Text, "--cell", cell, "--steps", "3", "--out", folder.Path("first")).AssertSucceeds();
        CommandLineRun.Of("train", "--resume", folder.Path("first"), "--steps", "30", "--out", folder.Path("second")).AssertSucceeds();
        Assert.Equal(folder.Numbers("whole"), folder.Numbers("second"));
        Assert.NotEqual(folder.Numbers("whole"), folder.Numbers("first"));
    }

    [Fact]
    public void An_interrupted_run_saves_says_how_to_go_on_and_goes_on_with_the_same_bits()
    {
        folder.Train(folder.Text, "--cell", "elman", "--steps", "30", "--out", folder.Path("whole")).AssertSucceeds();
        using var interrupt = new CancellationTokenSource();
        using var output = new CancellingStream("step     6", interrupt);
        var run = CommandLineRun.Of(
            output, interrupt.Token,
            "train", folder.Text, "--cell", "elman", "--steps", "30", "--batch-size", "4", "--sequence-length", "8", "--out",
            folder.Path("m"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Contains($"train --resume {folder.Path("m")}", run.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("6 steps", run.Lines[^2], StringComparison.Ordinal);

        // Neither the file nor the plan has to be said again.
        CommandLineRun.Of("train", "--resume", folder.Path("m")).AssertSucceeds();
        Assert.Equal(folder.Numbers("whole"), folder.Numbers("m"));
    }

    [Fact]
    public void An_interruption_before_the_first_step_saves_as_well()
    {
        var run =
            folder.Train(new CancellationToken(canceled: true), folder.Text, "--cell", "elman", "--steps", "30", "--out", folder.Path("m"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        CommandLineRun.Of("train", "--resume", folder.Path("m"), "--steps", "2").AssertSucceeds();
    }

    [Fact]
    public void Another_text_begins_at_its_begin()
    {
        folder.Model("m", steps: 5);
        File.WriteAllText(folder.Path("other"), string.Concat(Enumerable.Repeat("another text\n", 50)));
        var run = CommandLineRun.Of("train", folder.Path("other"), "--resume", folder.Path("m"), "--steps", "8").AssertSucceeds();
        Assert.Contains("another one than before", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cell", "lstm")]
    [InlineData("--seed", "7")]
    [InlineData("--batch-size", "5")]
    [InlineData("--hidden", "7")]
    [InlineData("--layers", "3")]
    [InlineData("--embedding", "8")]
    [InlineData("--dropout", "0.5")]
    [InlineData("--zoneout", "0.5")]
    [InlineData("--sequence-length", "9")]
    public void What_decided_the_weights_cannot_change(string option, string value)
    {
        folder.Model("m");
        CommandLineRun.Of("train", "--resume", folder.Path("m"), "--steps", "9", option, value).AssertFails(ExitCodes.Usage, option, value);
    }

    [Fact]
    public void A_step_that_is_past_already_is_refused()
    {
        folder.Model("m", steps: 3);
        CommandLineRun.Of("train", "--resume", folder.Path("m"), "--steps", "3")
            .AssertFails(ExitCodes.Usage, "--steps", "has 3 steps already");
    }

    [Fact]
    public void A_damaged_or_missing_checkpoint_is_refused()
    {
        var model = folder.Model("m");
        var path = folder.Path("m", "trainer.safetensors");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^7]);
        CommandLineRun.Of("train", "--resume", model).AssertFails(ExitCodes.Failed, path);

        var text = Encoding.Latin1.GetString(bytes)
            .Replace("\"fastrnn.run.batch_size\":\"4\"", "\"fastrnn.run.batch_size\":\"0\"", StringComparison.Ordinal);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(text));
        CommandLineRun.Of("train", "--resume", model).AssertFails(ExitCodes.Failed, path, "fastrnn.checksum");

        // Another program leaves the checksum out; spaces in its place keep the header's length.
        var header = text.Substring(8, (int)BitConverter.ToInt64(bytes));
        var without = Regex.Replace(header, "\"fastrnn.checksum\":\"[0-9a-f]{32}\",", "").PadRight(header.Length);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(text[..8] + without + text[(8 + header.Length)..]));
        CommandLineRun.Of("train", "--resume", model)
            .AssertFails(ExitCodes.Failed, "batch_size", "expected a whole number from 1 to 4096, got '0'");

        File.Delete(path);
        CommandLineRun.Of("train", "--resume", model).AssertFails(ExitCodes.Failed, "trainer.safetensors is missing");
    }
}
