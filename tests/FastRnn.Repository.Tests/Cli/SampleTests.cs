using System.Text;

using FastRnn.Cli;
using FastRnn.Cli.Models;
using FastRnn.Files;

namespace FastRnn.Repository.Tests.Cli;

public sealed class SampleTests : IDisposable
{
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_prompt_comes_first_and_the_length_is_exact()
    {
        var model = folder.Model();
        var bytes = CommandLineRun.Of("sample", model, "--prompt", "lí @", "--length", "77", "--seed", "1").AssertSucceeds().Bytes;
        Assert.Equal(Encoding.UTF8.GetBytes("lí @"), bytes[..5]);
        Assert.Equal(5 + 77, bytes.Length);
        Assert.Equal("@file", CommandLineRun.Of("sample", model, "--prompt", "@file", "--length", "0").AssertSucceeds().Output);
        Assert.Equal(500, CommandLineRun.Of("sample", model).AssertSucceeds().Bytes.Length);
    }

    [Fact]
    public void A_seed_repeats_a_text_and_the_likeliest_bytes_need_none()
    {
        var model = folder.Model(steps: 20);
        Assert.Equal(Sample("--seed", "1"), Sample("--seed", "1"));
        Assert.NotEqual(Sample("--seed", "1"), Sample("--seed", "2"));
        Assert.Equal(Sample("--temperature", "0", "--seed", "1"), Sample("--temperature", "0", "--seed", "2"));
        Assert.Equal(Sample("--temperature", "0"), Sample("--top-k", "1"));

        byte[] Sample(params string[] options) =>
            CommandLineRun.Of(["sample", model, "--length", "100", .. options]).AssertSucceeds().Bytes;
    }

    [Fact]
    public void A_text_that_was_learned_by_heart_is_written()
    {
        File.WriteAllText(folder.Path("abc"), string.Concat(Enumerable.Repeat("abcdefg ", 60)));
        folder.Train(folder.Path("abc"), "--cell", "gru", "--steps", "150", "--out", folder.Path("m")).AssertSucceeds();
        var run = CommandLineRun.Of("sample", folder.Path("m"), "--prompt", "abc", "--temperature", "0", "--length", "21").AssertSucceeds();
        Assert.Equal("abcdefg abcdefg abcdefg ", run.Output);
    }

    [Fact]
    public void A_terminal_gets_text_that_does_not_steer_it_and_a_pipe_gets_the_bytes()
    {
        const string Prompt = "l\u00ED\t\u001b[2J\u202E\uD83D\uDE00\u0007";
        var model = folder.Model();
        string[] args = ["sample", model, "--prompt", Prompt, "--length", "300", "--seed", "3", "--temperature", "3"];
        var bytes = CommandLineRun.Of(args).AssertSucceeds().Bytes;
        Assert.Equal(Encoding.UTF8.GetBytes(Prompt), bytes[..Encoding.UTF8.GetByteCount(Prompt)]);
        using var output = new MemoryStream();
        using var error = new StringWriter();
        Assert.Equal(0, Program.Run(args, output, error, CancellationToken.None, isTerminal: true));
        var shown = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
        Assert.StartsWith("l\u00ED    \u00B7[2J\u00B7\uD83D\uDE00\u00B7", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, c => char.IsControl(c) && c != '\n');
        Assert.EndsWith("\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interruption_ends_a_sample_in_good_order()
    {
        var run = CommandLineRun.Of(new CancellationToken(canceled: true), "sample", folder.Model(), "--prompt", "abc");
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal("abc", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_model_that_has_diverged_is_no_crash()
    {
        var path = folder.Model();
        var parameters = new float[ElmanBytes.Info.ParameterCount];
        Array.Fill(parameters, 3e38f);
        ModelFile.Save(ElmanBytes.Info, parameters, folder.Path("model", "model.safetensors"));
        CommandLineRun.Of("sample", path).AssertFails(ExitCodes.Failed, "diverged");
    }
}
