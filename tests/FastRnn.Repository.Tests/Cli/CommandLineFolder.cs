namespace FastRnn.Repository.Tests.Cli;

/// <summary>A folder of one test with a short text, and runs that are small enough to be quick.</summary>
internal sealed class CommandLineFolder : IDisposable
{
    /// <summary>Bytes of the shortest text of 4 streams of 8 steps: 33 are nine tenths of 37.</summary>
    public const int LeastBytes = 37;

    private static readonly string[] Small = ["--batch-size", "4", "--sequence-length", "8"];

    public CommandLineFolder() =>
        File.WriteAllText(Text, string.Concat(Enumerable.Range(0, 40).Select(i => $"line {i} of a short text\n")));

    public string Root { get; } = Directory.CreateTempSubdirectory("fastrnn-cli-").FullName;

    public string Text => Path("text.txt");

    public string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public byte[] Weights(string folder) => File.ReadAllBytes(Path(folder, "model.safetensors"));

    /// <summary>The data of a weights file, without its header, which tells of times and paths.</summary>
    public byte[] Numbers(string folder)
    {
        var bytes = Weights(folder);
        return bytes[(8 + (int)BitConverter.ToInt64(bytes))..];
    }

    /// <summary>Writes a file of code.</summary>
    public string Code(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>Trains; where nothing else is said the model stays within this folder.</summary>
    public CommandLineRun Train(params string[] args) => Train(CancellationToken.None, args);

    public CommandLineRun Train(CancellationToken interrupt, params string[] args) =>
        CommandLineRun.Of(interrupt, ["train", .. Small, .. args, .. args.Contains("--out") ? [] : new[] { "--out", Path("model") }]);

    /// <summary>A trained model in a folder of that name.</summary>
    public string Model(string name = "model", int steps = 2, string cell = "elman")
    {
        Train(Text, "--cell", cell, "--steps", $"{steps}", "--out", Path(name)).AssertSucceeds();
        return Path(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
