using System.Text;

using FastRnn.Cli;

namespace FastRnn.Interchange.Tests.Commands;

/// <summary>The program, run inside of the test.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static CommandRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static CommandRun Of(CancellationToken interrupt, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Program.Run(args, output, error, interrupt);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Asserts that it ended well and had nothing to complain of.</summary>
    public string Succeeds()
    {
        Assert.True(Code == ExitCodes.Success, $"exit code {Code}: {Error}");
        Assert.Equal("", Error);
        return Output;
    }

    /// <summary>Asserts an orderly failure: its code, a message that says what and where, and nothing else.</summary>
    public void Fails(int code, params string[] says)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}: {Error}{Output}");
        Assert.StartsWith("fastrnn: ", Error, StringComparison.Ordinal);
        Assert.Equal("", Output);
        foreach (var text in says)
            Assert.Contains(text, Error, StringComparison.Ordinal);
    }
}
