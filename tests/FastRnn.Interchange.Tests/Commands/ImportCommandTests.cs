using System.Text;

using FastRnn.Cli;
using FastRnn.Interchange.Tests.Import;
using FastRnn.Interchange.Tests.Keras;
using FastRnn.Interchange.Tests.Onnx.Understanding;

namespace FastRnn.Interchange.Tests.Commands;

/// <summary><c>fastrnn import</c>: what it writes, and that it writes nothing where something is wrong.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private static readonly string Small = Imported.Data("keras/keras_simple_rnn.keras");

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_writes_four_files_by_the_names_that_are_told()
    {
        var said = CommandRun.Of("import", Small, "--out", folder.Path("a", "b"), "--name", "Echo", "--namespace", "Own.Models").Succeeds();
        Assert.Equal(["a/b/Echo.cs", "a/b/Echo.safetensors", "a/b/certificate.json", "a/b/certificate.md"], folder.Files);
        var declaration = File.ReadAllText(folder.Path("a", "b", "Echo.cs"));
        Assert.Contains("namespace Own.Models;", declaration, StringComparison.Ordinal);
        Assert.Contains("partial class Echo", declaration, StringComparison.Ordinal);
        Assert.Contains("PASS", said, StringComparison.Ordinal);
        Assert.Contains($"fastrnn run {folder.Path("a", "b")} --input", said, StringComparison.Ordinal);
        Assert.Contains("new Own.Models.Echo()", said, StringComparison.Ordinal);
        Assert.Contains(": PASS", File.ReadLines(folder.Path("a", "b", "certificate.md")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_import_wrote_is_replaced()
    {
        var model = folder.Import("keras/keras_simple_rnn.keras", "Echo");
        var before = File.ReadAllText(Path.Combine(model, "Echo.cs"));
        folder.Write("Echo/notes.txt", "mine");
        CommandRun.Of("import", Imported.Data("keras/keras_gru_after.keras"), "--out", model, "--name", "Echo").Succeeds();
        Assert.NotEqual(before, File.ReadAllText(Path.Combine(model, "Echo.cs")));
        Assert.Equal(
            ["Echo/Echo.cs", "Echo/Echo.safetensors", "Echo/certificate.json", "Echo/certificate.md", "Echo/notes.txt"], folder.Files);
    }

    [Theory]
    [InlineData("Echo.cs", "class Echo;")]
    [InlineData("Echo.safetensors", "weights of somebody")]
    [InlineData("certificate.md", "# My certificate\n\nof swimming")]
    [InlineData("certificate.json", "{}")]
    [InlineData("Echo.cs", "")]
    public void What_it_did_not_write_is_not_replaced(string name, string text)
    {
        folder.Write($"m/{name}", text);
        CommandRun.Of("import", Small, "--out", folder.Path("m"), "--name", "Echo")
            .Fails(ExitCodes.Failed, name, "was not written by an import", "--out or --name");
        Assert.Equal([$"m/{name}"], folder.Files);
        Assert.Equal(text, File.ReadAllText(folder.Path("m", name)));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        var file = folder.Write("file", "text");
        CommandRun.Of("import", Small, "--out", file).Fails(ExitCodes.Failed, file, "cannot be written");
        CommandRun.Of("import", Small, "--out", Path.Combine(file, "below")).Fails(ExitCodes.Failed, file, "cannot be written");
        Directory.CreateDirectory(folder.Path("m", "Echo.cs"));
        CommandRun.Of("import", Small, "--out", folder.Path("m"), "--name", "Echo").Fails(ExitCodes.Failed, "Echo.cs");
        Assert.Equal(["file"], folder.Files);

        // Even root makes no folder there.
        if (OperatingSystem.IsLinux())
            CommandRun.Of("import", Small, "--out", "/proc/model").Fails(ExitCodes.Failed, "/proc/model", "cannot be written");
    }

    [Fact]
    public void All_that_is_not_understood_is_told_and_nothing_is_written()
    {
        var graph = new GraphBuilder().Input("x", "T", "B", 3).Recurrent(4, 3, 5).Node("LSTM", "x W R B -> raw", ("hidden_size", 5))
            .Weight("odd", 7, 2).Node("Erf", "raw -> a").Node("Einsum", "a odd -> b").Node("Det", "b -> y").Output("y");
        var path = folder.Path("odd.onnx");
        File.WriteAllBytes(path, graph.Bytes());
        CommandRun.Of("import", path, "--out", folder.Path("m"))
            .Fails(ExitCodes.Failed, "odd.onnx", "nothing was written", "(Erf)", "(Einsum)", "(Det)");
        Assert.Equal(["odd.onnx"], folder.Files);
    }

    [Fact]
    public void All_layers_of_Keras_that_are_not_understood_are_told()
    {
        var config = KerasData.Config("keras_simple_rnn");
        KerasVariants.Insert(config, 1, KerasVariants.Layer("Conv1D", "first_odd"));
        KerasVariants.Insert(config, 3, KerasVariants.Layer("BatchNormalization", "second_odd"));
        var path = folder.Path("odd.keras");
        File.WriteAllBytes(path, KerasData.Zip(
            ("metadata.json", """{"keras_version": "3.16.0"}"""u8.ToArray()),
            ("config.json", Encoding.UTF8.GetBytes(config.ToJsonString())),
            ("model.weights.h5", KerasData.Member("keras_simple_rnn.keras", "model.weights.h5"))));
        CommandRun.Of("import", path, "--out", folder.Path("m")).Fails(ExitCodes.Failed, "odd.keras", "first_odd", "second_odd");
        Assert.Equal(["odd.keras"], folder.Files);
    }

    [Theory]
    [InlineData("model.pb", "text", "of no format that is known here", ".onnx, .keras")]
    [InlineData("model", "text", "of no format that is known here", ".nam")]
    [InlineData("model.onnx", "text", "model.onnx")]
    [InlineData("model.keras", "text", "model.keras")]
    [InlineData("model.h5", "text", "of no format")]
    [InlineData("model.pt", "text", "model.pt")]
    [InlineData("model.safetensors", "text", "model.safetensors")]
    [InlineData("model.dat", "text", "model.dat")]
    [InlineData("model.json", "text", "not valid JSON")]
    [InlineData("model.nam", "{}", "none of the known models")]
    [InlineData("model.onnx", "", "empty")]
    public void A_file_that_cannot_be_read_is_refused(string name, string text, params string[] says)
    {
        CommandRun.Of("import", folder.Write(name, text), "--out", folder.Path("m")).Fails(ExitCodes.Failed, [name, .. says]);
        Assert.Equal([name], folder.Files);
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        CommandRun.Of("import", folder.Path("none.onnx")).Fails(ExitCodes.Failed, "none.onnx", "there is no such file");
        CommandRun.Of("import", folder.Path("no", "none.onnx")).Fails(ExitCodes.Failed, "none.onnx", "there is no such file");
        CommandRun.Of("import", folder.Root).Fails(ExitCodes.Failed, folder.Root, "expected a file, got a folder");
        if (!OperatingSystem.IsLinux())
            return;
        CommandRun.Of("import", "/dev/zero").Fails(ExitCodes.Failed, "/dev/zero", "a device");
        CommandRun.Of("import", "/proc/self/mem").Fails(ExitCodes.Failed, "/proc/self/mem", "a device");
        File.CreateSymbolicLink(folder.Path("link.onnx"), "/dev/zero");
        CommandRun.Of("import", folder.Path("link.onnx")).Fails(ExitCodes.Failed, "link.onnx", "a device");
    }

    [Fact]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var made = System.Diagnostics.Process.Start("mkfifo", folder.Path("pipe.onnx"));
        made.WaitForExit();
        CommandRun.Of("import", folder.Path("pipe.onnx")).Fails(ExitCodes.Failed, "pipe.onnx", "a device");
    }

    [Theory]
    [InlineData("Echo.cs")]
    [InlineData("Echo.safetensors")]
    [InlineData("certificate.md")]
    [InlineData("certificate.json")]
    public void A_pipe_in_the_place_of_a_file_to_write_is_not_waited_for(string name)
    {
        if (OperatingSystem.IsWindows())
            return; // Its pipes are in no folder.
        Directory.CreateDirectory(folder.Path("m"));
        using var made = System.Diagnostics.Process.Start("mkfifo", folder.Path("m", name));
        made.WaitForExit();
        CommandRun.Of("import", Small, "--out", folder.Path("m"), "--name", "Echo")
            .Fails(ExitCodes.Failed, folder.Path("m", name), "was not written by an import");
        Assert.Equal([$"m/{name}"], folder.Files);
    }

    [Theory]
    [InlineData("--name: expected", "FILE", "--name", "1st")]
    [InlineData("--name: expected", "FILE", "--name", "class")]
    [InlineData("--name: expected", "FILE", "--name", "A.B")]
    [InlineData("--name: expected", "FILE", "--name", "")]
    [InlineData("--name: 'Hidden'", "FILE", "--name", "Hidden")]
    [InlineData("--namespace: expected", "FILE", "--namespace", "A..B")]
    [InlineData("--namespace: expected", "FILE", "--namespace", "A.int")]
    [InlineData("--out: expected a path", "FILE", "--out", "")]
    [InlineData("--config: expected a path", "FILE", "--config", "")]
    [InlineData("FILE: expected a path", "")]
    [InlineData("'--batchfirst'", "FILE", "--batchfirst")]
    [InlineData("sinus", "FILE", "--nonlinearity", "sinus")]
    [InlineData("--submodel", "FILE", "--submodel", "many")]
    [InlineData("Required argument 'FILE' missing")]
    public void A_wrong_command_line_is_refused(string says, params string[] words)
    {
        string[] args = ["import", .. words.Select(word => word == "FILE" ? Small : word), .. words.Contains("--out") ? [] : Out()];
        CommandRun.Of(args).Fails(ExitCodes.Usage, says);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void What_a_format_has_no_use_for_is_refused()
    {
        CommandRun.Of(["import", Small, "--batch-first", "--submodel", "1", .. Out()]).Fails(ExitCodes.Failed, "batch first", "submodel");
        CommandRun.Of(["import", Imported.Data("pytorch/torch_bilstm.pt"), "--config", Small, .. Out()])
            .Fails(ExitCodes.Failed, "configuration");
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void An_interrupted_import_writes_nothing()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        CommandRun.Of(interrupt.Token, ["import", Small, .. Out()]).Fails(ExitCodes.Interrupted, "interrupted, nothing was written");
        Assert.Empty(folder.Files);
    }

    private string[] Out() => ["--out", folder.Path("m")];
}
