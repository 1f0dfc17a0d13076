using System.Text.Json;

namespace FastRnn.Samples.Tests.Common;

/// <summary>The program, run inside the test.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public static ProgramRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static ProgramRun Of(CancellationToken interrupt, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = Program.Run(args, output, error, interrupt);
        return new ProgramRun(code, output.ToString(), error.ToString());
    }

    /// <summary>The short version of a sample, which must reach its goals; its figures.</summary>
    public static IReadOnlyDictionary<string, double> Quick(params string[] args)
    {
        var run = Of([.. args, "--quick", "--json"]);
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Equal("", run.Error);
        return run.Figures;
    }

    public JsonElement Json => JsonDocument.Parse(Lines[^1]).RootElement;

    public IReadOnlyDictionary<string, double> Figures =>
        Json.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetDouble());

    /// <summary>Asserts an orderly failure: its code, and one line that says what and where.</summary>
    public void AssertFails(int code, params string[] says)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, expected {code}: {Error}{Output}");
        Assert.StartsWith("samples: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.All(says, text => Assert.Contains(text, Error, StringComparison.Ordinal));
    }
}
