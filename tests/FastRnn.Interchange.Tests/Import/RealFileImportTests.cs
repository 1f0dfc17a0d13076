using FastRnn.Interchange.Certificates;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>Files of other tools, all the way: declaration, kernels, certificate, and the outputs that the tools themselves had.</summary>
public class RealFileImportTests
{
    private static readonly Dictionary<string, ImportOptions> Options = new()
    {
        ["pytorch/torch_checkpoint.pt"] = new() { BatchFirst = true },
        ["pytorch/torch_last_rnn.safetensors"] = new()
        {
            BatchFirst = true,
            LastStep = true,
            Nonlinearity = "relu",
            OutputActivation = "sigmoid",
        },
        ["torchsharp/words.dat"] = new() { BatchFirst = true, LastStep = true },
    };

    public static TheoryData<string> Files => [.. Paths];

    private static IEnumerable<string> Paths
    {
        get
        {
            var root = Imported.Data("");
            string[] endings = [".onnx", ".keras", ".h5", ".pt", ".safetensors", ".dat"];
            return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(path => endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)))
                .Where(path => !path.EndsWith(".io.safetensors", StringComparison.Ordinal) && File.Exists(Imported.VectorsOf(path)))
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void There_are_files_of_every_tool() =>
        Assert.Equal(
            ["dat", "h5", "keras", "onnx", "pt", "safetensors"],
            Paths.Select(path => path.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_model_is_the_file(string name)
    {
        var path = Imported.Data(name);
        using var imported = new Imported(path, Options.GetValueOrDefault(name));

        var certificate = imported.Certify();
        Assert.True(certificate.Passes, string.Join(Environment.NewLine, certificate.Comparisons.Where(c => !c.Passes)));

        var vectors = Imported.VectorsOf(path);
        var outputs = imported.Run(Imported.Vectors(vectors, "input."));
        var expected = Imported.Vectors(vectors, "output.");
        Assert.NotEmpty(expected);
        foreach (var (output, right) in expected)
            Assert.InRange(Certifier.Difference(outputs[output], right), 0, 2e-6);
    }
}
