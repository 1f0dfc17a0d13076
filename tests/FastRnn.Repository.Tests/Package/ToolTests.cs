namespace FastRnn.Repository.Tests.Package;

/// <summary>The command line, installed.</summary>
[Collection(nameof(OutsideTests))]
public class ToolTests(Outside outside)
{
    [Fact]
    public async Task It_is_installed_and_runs_outside_of_the_repository()
    {
        outside.Write("tool", ("text.txt", string.Concat(Enumerable.Range(0, 40).Select(i => $"line {i} of a short text\n"))));
        (await outside.DotnetAsync("tool", "tool", "install", "FastRnn.Cli", "--tool-path", "bin", "--source", outside.Feed, "--version",
            outside.Version)).Succeeded();

        string[] small = ["--cell", "elman", "--steps", "2", "--batch-size", "4", "--sequence-length", "8"];
        var trained = await FastRnnAsync(["train", "text.txt", .. small, "--out", "model"]);
        Assert.Contains("Next:   fastrnn sample model", trained, StringComparison.Ordinal);
        Assert.StartsWith(
            "line", await FastRnnAsync("sample", "model", "--prompt", "line", "--length", "20", "--seed", "1"), StringComparison.Ordinal);
        Assert.Contains("elman", await FastRnnAsync("info", "model"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("lstm", await FastRnnAsync("gradcheck"), StringComparison.OrdinalIgnoreCase);

        // Without a file it learns its own sources, which it brings along.
        Assert.Contains("FastRnn's own sources", await FastRnnAsync(["train", .. small, "--out", "own"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(outside.Root, "tool", "own", "model.safetensors")));
        Assert.Equal(Outside.NextVersion, (await FastRnnAsync("--version")).Trim());
    }

    private async Task<string> FastRnnAsync(params string[] args)
    {
        var program = Path.Combine(outside.Root, "tool", "bin", OperatingSystem.IsWindows() ? "fastrnn.exe" : "fastrnn");
        return (await outside.RunAsync("tool", program, args)).Succeeded();
    }
}
