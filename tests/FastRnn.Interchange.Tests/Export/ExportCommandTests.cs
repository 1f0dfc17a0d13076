using FastRnn.Cli;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tests.Commands;

namespace FastRnn.Interchange.Tests.Export;

/// <summary><c>fastrnn export</c>, in this process.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Declaration = """
        using FastRnn;
        using FastRnn.Cells;

        namespace Imported;

        [Model, Input(4), Layer<Gru>(5), Layer<MinimalGatedUnit>(4), Dense(2)]
        public sealed partial class Tagger;
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("export").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_imported_model_becomes_an_ONNX_file_that_was_compared()
    {
        var model = Imported(Declaration);
        var path = Path.Combine(folder, "tagger.onnx");
        var (code, text) = Run("export", model, "--onnx", path, "--states");
        Assert.True(code == 0, text);
        Assert.Contains("largest difference", text, StringComparison.Ordinal);
        using var runtime = new RuntimeRun(File.ReadAllBytes(path));
        Assert.Equal(["x", "h0_l0", "h0_l1"], runtime.Inputs);
        Assert.Equal("Tagger", runtime.Metadata["fastrnn.model"]);
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void What_torch_has_not_is_refused_and_nothing_is_written()
    {
        var path = Path.Combine(folder, "tagger.py");
        var model = Imported(Declaration.Replace("Input(4)", "Input(4), Condition(3, ConditionTarget.State)", StringComparison.Ordinal));
        var (code, text) = Run("export", model, "--pytorch", path);
        Assert.Equal(1, code);
        Assert.Contains("it starts from a condition of 3 numbers", text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_cell_that_torch_has_not_is_its_equations()
    {
        var path = Path.Combine(folder, "tagger.py");
        var (code, text) = Run("export", Imported(Declaration), "--pytorch", path);
        Assert.True(code == 0, text);
        Assert.Contains("class MinimalGatedUnit(nn.Module):", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_names_the_weights_beside_it()
    {
        var path = Path.Combine(folder, "tagger.py");
        var (code, text) = Run(
            "export", Imported(Declaration.Replace("MinimalGatedUnit", "Lstm", StringComparison.Ordinal)), "--pytorch", path);
        Assert.True(code == 0, text);
        Assert.Contains("Path(__file__).parent / \"model/Tagger.safetensors\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_model_is_exported_both_ways()
    {
        var model = Path.Combine(folder, "trained");
        var trained = new Cli.Folders.ModelFolder(model);
        trained.PrepareForWriting();
        using (var bytes = new Cli.Models.GruBytes(3))
            trained.Save(bytes, "gru", new Dictionary<string, string>());
        var (onnx, script) = (Path.Combine(folder, "bytes.onnx"), Path.Combine(folder, "bytes.py"));
        var (code, text) = Run("export", model, "--onnx", onnx, "--batch-first");
        Assert.True(code == 0, text);
        using var runtime = new RuntimeRun(File.ReadAllBytes(onnx));
        Assert.Equal(["tokens"], runtime.Inputs);
        (code, text) = Run("export", model, "--pytorch", script);
        Assert.True(code == 0, text);
        Assert.Contains("self.embedding = nn.Embedding(256, 64)", File.ReadAllText(script), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_and_files_beside_it_stay()
    {
        var model = Imported(Declaration.Replace("MinimalGatedUnit", "Lstm", StringComparison.Ordinal));
        var (file, beside) = (Path.Combine(folder, "tagger.onnx"), Path.Combine(folder, "tagger.onnx.new"));
        File.WriteAllText(beside, "mine");
        CommandRun.Of("export", model, "--onnx", folder).Fails(ExitCodes.Failed, folder, "cannot be written", "got a directory");
        CommandRun.Of("export", model, "--pytorch", folder).Fails(ExitCodes.Failed, folder, "cannot be written");
        foreach (var option in (string[])["--onnx", "--pytorch"])
        {
            var below = Path.Combine(folder, "none", "tagger");
            CommandRun.Of("export", model, option, below).Fails(ExitCodes.Failed, $"{below}: cannot be written");
            below = Path.Combine(beside, "tagger");
            CommandRun.Of("export", model, option, below).Fails(ExitCodes.Failed, $"{below}: cannot be written");
            var root = Path.GetPathRoot(folder)!;
            CommandRun.Of("export", model, option, root).Fails(ExitCodes.Failed, $"{root}: cannot be written", "got a directory");
        }

        CommandRun.Of("export", model, "--onnx", file).Succeeds();
        CommandRun.Of("export", model, "--onnx", file, "--states").Succeeds();
        Assert.Equal([file, beside], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(beside));
    }

    [Theory]
    [InlineData("expected --onnx FILE or --pytorch FILE")]
    [InlineData("expected --onnx FILE or --pytorch FILE", "--onnx", "a", "--pytorch", "b")]
    [InlineData("are for --onnx", "--pytorch", "b", "--states")]
    [InlineData("--onnx: expected a path", "--onnx", "")]
    [InlineData("--pytorch: expected a path", "--pytorch", "")]
    public void Options_that_do_not_fit_are_wrong_usage(string says, params string[] options)
    {
        var (code, text) = Run(["export", "model", .. options]);
        Assert.Equal(2, code);
        Assert.Contains(says, text, StringComparison.Ordinal);
    }

    // What an import writes: a declaration, and weights with the signature.
    private string Imported(string declaration)
    {
        var model = Path.Combine(folder, "model");
        Directory.CreateDirectory(model);
        File.WriteAllText(Path.Combine(model, "Tagger.cs"), declaration);
        using var compiled = FastRnn.Compiler.ModelCompiler.Compile(declaration, "Tagger.cs");
        using var runnable = Runnable.Create(compiled.Models.Single());
        var signature = new Signature(
            new("x", [Axis.Time, Axis.Batch, Axis.Feature]),
            new("y", [Axis.Time, Axis.Batch, Axis.Feature]));
        runnable.Save(
            Path.Combine(model, "Tagger.safetensors"),
            new Dictionary<string, string> { [SignatureText.MetadataKey] = SignatureText.Write(signature) });
        return model;
    }

    private static (int Code, string Text) Run(params string[] args)
    {
        var run = CommandRun.Of(args);
        return (run.Code, run.Output + run.Error);
    }
}
