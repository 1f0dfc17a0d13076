using System.Text;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>The program, run inside the test.</summary>
internal sealed record CommandLineRun(int ExitCode, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public static CommandLineRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static CommandLineRun Of(CancellationToken interrupt, params string[] args)
    {
        using var output = new MemoryStream();
        return Of(output, interrupt, args);
    }

    public static CommandLineRun Of(MemoryStream output, CancellationToken interrupt, params string[] args)
    {
        using var error = new StringWriter();
        var code = Program.Run(args, output, error, interrupt);
        return new CommandLineRun(code, output.ToArray(), error.ToString());
    }

    /// <summary>Asserts an orderly failure: its code, and one line that says what and where.</summary>
    public void AssertFails(int code, params string[] says)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, expected {code}: {Error}{Output}");
        Assert.StartsWith("fastrnn: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        foreach (var text in says)
        {
            Assert.Contains(text, Error, StringComparison.Ordinal);
        }
    }

    public CommandLineRun AssertSucceeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.Equal("", Error);
        return this;
    }
}
