using FastRnn.Cli;
using FastRnn.Files;
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

    [Theory]
    [InlineData("float32", TensorType.F32)]
    [InlineData("bfloat16", TensorType.BF16)]
    [InlineData("int8", TensorType.I8)]
    public void Weights_are_exported_in_a_format(string format, TensorType type)
    {
        var (model, path) = (Imported(Declaration), Path.Combine(folder, "small.safetensors"));
        var weights = Path.Combine(model, "Tagger.safetensors");
        using var compiled = FastRnn.Compiler.ModelCompiler.Compile(Declaration, "Tagger.cs");
        using IRunnable original = Runnable.Create(compiled.Models.Single()), small = Runnable.Create(compiled.Models.Single());
        var random = new Random(1);
        float[] numbers = [.. Enumerable.Range(0, original.Info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)];
        ModelFile.Save(original.Info, numbers, weights, ModelFile.ReadMetadata(weights));
        CommandRun.Of("export", model, "--safetensors", path, "--format", format).Succeeds();
        using (var file = SafeTensorsReader.Open(path))
        {
            Assert.Equal(type, file.Find("weight_hh_l0")!.Type);
            Assert.Equal(TensorType.F32, file.Find("bias_hh_l0")!.Type);
            Assert.DoesNotContain(SignatureText.MetadataKey, file.Metadata.Keys);
        }

        small.Load(path);
        var got = small.Parameters.ToArray();
        Assert.Equal(type == TensorType.F32, numbers.SequenceEqual(got));
        Assert.All(numbers.Zip(got), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
    }

    [Fact]
    public void A_trained_model_is_exported_both_ways()
    {
        var model = Path.Combine(folder, "trained");
        var trained = new Cli.Folders.ModelFolder(model);
        trained.PrepareForWriting();
        using (var bytes = new Cli.Models.GruBytes(3))
            trained.Save(bytes, new() { Cell = "gru" }, new Dictionary<string, string>());
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
    [InlineData("expected one of --onnx FILE, --pytorch FILE and --safetensors FILE")]
    [InlineData("expected one of --onnx FILE, --pytorch FILE and --safetensors FILE", "--onnx", "a", "--pytorch", "b")]
    [InlineData("expected one of --onnx FILE, --pytorch FILE and --safetensors FILE", "--onnx", "a", "--safetensors", "b")]
    [InlineData("--format is for --safetensors", "--onnx", "a", "--format", "int8")]
    [InlineData("float8", "--safetensors", "a", "--format", "float8")]
    [InlineData("are for --onnx", "--safetensors", "b", "--batch-first")]
    [InlineData("--safetensors: expected a path", "--safetensors", "")]
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
