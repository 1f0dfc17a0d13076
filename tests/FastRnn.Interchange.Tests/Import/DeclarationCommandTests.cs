using System.Text;

using FastRnn.Cli;
using FastRnn.Files;
using FastRnn.Interchange.Tests.Keras;

namespace FastRnn.Interchange.Tests.Import;

/// <summary><c>fastrnn import FILE --declaration</c>, in this process.</summary>
public sealed class DeclarationCommandTests : IDisposable
{
    private const string Declaration = """
        using FastRnn;
        using FastRnn.Cells;

        namespace Sound;

        [Model, Input(4), Layer<Gru>(6), Dense(2)]
        [Weights("Filter.safetensors")]
        public sealed partial class Filter;
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("declaration").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Weights_stand_beside_the_declaration_and_the_folder_runs()
    {
        var declaration = Write("Filter.cs", Declaration);
        var (code, text) = Run("import", KerasData.PathOf("keras_gru_after.weights.h5"), "--declaration", declaration);
        Assert.True(code == 0, text);
        Assert.Contains("Sound.Filter.Load(\"Filter.safetensors\")", text, StringComparison.Ordinal);
        Assert.Equal(Declaration, File.ReadAllText(declaration));
        Assert.Equal(
            ["Filter.cs", "Filter.safetensors", "certificate.json", "certificate.md"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var output = Path.Combine(folder, "out.safetensors");
        (code, text) = Run("run", folder, "--input", KerasData.PathOf("keras_gru_after.io.safetensors"), "--output", output);
        Assert.True(code == 0, text);
        using var reader = SafeTensorsReader.Open(output);
        var expected = KerasData.Output("keras_gru_after");
        var got = Tensors.Tensor.Of(Tensors.SafeTensorsInput.Read(reader, reader.Find("output.0")!));
        Assert.InRange(KerasData.MostDifference(expected, got), 0, 2e-6);
    }

    [Fact]
    public void Elsewhere_the_declaration_is_copied_and_another_one_stays()
    {
        var declaration = Write("Filter.cs", Declaration);
        var other = Path.Combine(folder, "other");
        string[] command =
            ["import", KerasData.PathOf("keras_gru_after.weights.h5"), "--declaration", declaration, "--out", other];
        Assert.Equal(0, Run(command).Code);
        Assert.Equal(Declaration, File.ReadAllText(Path.Combine(other, "Filter.cs")));
        Assert.Equal(0, Run(command).Code);

        File.WriteAllText(Path.Combine(other, "Filter.cs"), "// mine");
        var (code, text) = Run(command);
        Assert.Equal(1, code);
        Assert.Contains("was not written by an import", text, StringComparison.Ordinal);
        Assert.Equal("// mine", File.ReadAllText(Path.Combine(other, "Filter.cs")));
    }

    [Fact]
    public void A_pipe_in_the_place_of_the_copy_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return; // Its pipes are in no folder.
        var declaration = Write("Filter.cs", Declaration);
        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        using var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(other, "Filter.cs"));
        made.WaitForExit();
        var (code, text) = Run(
            "import", KerasData.PathOf("keras_gru_after.weights.h5"), "--declaration", declaration, "--out", other);
        Assert.Equal(1, code);
        Assert.Contains("was not written by an import", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no model", "public class A;", 1, "expected one class with [Model], got none")]
    [InlineData("no C#", "public clas A", 1, "error CS")]
    [InlineData("another size", "Layer<Gru>(5)", 1, "expected [4, 15], got [4, 18]")]
    [InlineData("a name", Declaration, 2, "--declaration has its own", "--name", "Other")]
    [InlineData("both", Declaration, 1, "got both", "--config", "config.json")]
    public void What_does_not_go_writes_nothing(string _, string text, int code, string expected, params string[] more)
    {
        var source = text.StartsWith("Layer", StringComparison.Ordinal)
            ? Declaration.Replace("Layer<Gru>(6)", text, StringComparison.Ordinal)
            : text;
        var (got, message) = Run(
            ["import", KerasData.PathOf("keras_gru_after.weights.h5"), "--declaration", Write("Filter.cs", source), .. more]);
        Assert.Equal(code, got);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Text) Run(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Program.Run(args, output, error, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(output.ToArray()) + error);
    }
}
