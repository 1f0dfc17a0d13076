using System.Security.Cryptography;
using System.Text.Json;

using FastRnn.Cli;
using FastRnn.Cli.Models;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>Models of any cell and any size: names, sizes, and a user's own file.</summary>
public sealed class CellFileTests : IDisposable
{
    private static readonly string[] Small = ["--hidden", "8", "--layers", "2", "--embedding", "4"];

    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cell_of_a_file_has_the_bits_of_the_built_in_one_with_its_equations()
    {
        var cell = folder.Code("mine.cs", CellFiles.Elman);
        Assert.Equal(Losses("ELMAN"), Losses(cell));

        // Files differ: the built-in cell stores the two biases of PyTorch.
        (double, double) Losses(string name)
        {
            var run = folder.Train([folder.Text, "--cell", name, "--steps", "5", "--json", "--out", folder.Path("m"), .. Small]);
            using var report = JsonDocument.Parse(run.AssertSucceeds().Lines[^1]);
            var root = report.RootElement;
            return (root.GetProperty("train_loss").GetDouble(), root.GetProperty("validation_loss").GetDouble());
        }
    }

    [Fact]
    public void A_model_that_is_compiled_has_the_bits_of_the_declared_one()
    {
        folder.Train(folder.Text, "--cell", "gru", "--steps", "3", "--out", folder.Path("declared")).AssertSucceeds();
        var file = folder.Code("gru.cs", """
            using FastRnn;
            using FastRnn.Cells;

            [Model, Embedding(Vocabulary = 256, Size = 64), Layer<Gru>(128), Layer<Gru>(128), Dense(256)]
            [SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
            public sealed partial class Same;
            """);
        folder.Train(folder.Text, "--declaration", file, "--steps", "3", "--out", folder.Path("compiled")).AssertSucceeds();
        Assert.Equal(folder.Numbers("declared"), folder.Numbers("compiled"));
    }

    [Fact]
    public void A_folder_holds_the_cell_with_its_hash_and_every_command_reads_it()
    {
        var model = Trained();
        Assert.Equal(CellFiles.Elman, File.ReadAllText(Path.Combine(model, "cell.cs")));
        using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(model, "config.json")));
        var root = configuration.RootElement;
        Assert.Equal("Mine", root.GetProperty("cell").GetString());
        Assert.Equal([8, 8], root.GetProperty("hidden_sizes").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(model, "cell.cs")))),
            root.GetProperty("code").GetProperty("sha256").GetString());

        Assert.Contains("mine", CommandLineRun.Of("info", model).AssertSucceeds().Output, StringComparison.Ordinal);
        Assert.Equal(12, CommandLineRun.Of("sample", model, "--prompt", "li", "--length", "10").AssertSucceeds().Bytes.Length);
        var onnx = CommandLineRun.Of("export", model, "--onnx", folder.Path("m.onnx")).AssertSucceeds();
        Assert.Contains("largest difference", onnx.Output, StringComparison.Ordinal);
        CommandLineRun.Of("export", model, "--onnx", Path.Combine(model, "cell.cs")).AssertFails(ExitCodes.Failed, "is the model's code");
        var tokens = folder.Path("in.safetensors");
        File.WriteAllBytes(tokens, TokensFile);
        var run = CommandLineRun.Of("run", model, "--input", tokens, "--output", folder.Path("out.safetensors")).AssertSucceeds();
        Assert.Contains("output.y [1, 3, 256]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_a_cell_of_a_file_dropout_and_zoneout_goes_on_with_the_same_bits()
    {
        var cell = folder.Code("mine.cs", CellFiles.Elman);
        string[] options = [folder.Text, "--cell", cell, "--dropout", "0.3", "--zoneout", "0.1", .. Small];
        folder.Train([.. options, "--steps", "9", "--out", folder.Path("whole")]).AssertSucceeds();
        folder.Train([.. options, "--steps", "4", "--out", folder.Path("first")]).AssertSucceeds();
        File.Delete(cell);
        CommandLineRun.Of("train", "--resume", folder.Path("first"), "--steps", "9", "--out", folder.Path("second")).AssertSucceeds();
        Assert.Equal(folder.Numbers("whole"), folder.Numbers("second"));
        CommandLineRun.Of("info", folder.Path("second")).AssertSucceeds();
    }

    [Fact]
    public void What_is_wrong_with_a_cell_is_said_with_its_line()
    {
        var cell = folder.Code("bad.cs", CellFiles.Elman.Replace("Tanh(W", "Sine(W", StringComparison.Ordinal));
        folder.Train(folder.Text, "--cell", cell).AssertFails(ExitCodes.Failed, $"{cell}(10,13): error CS0103: ", "Sine");

        // What C# accepts and the generator does not.
        var loop = CellFiles.Elman.Replace("return h;", "while (true) { }", StringComparison.Ordinal);
        var run = folder.Train(folder.Text, "--cell", folder.Code("loop.cs", "// A comment.\n" + loop));
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.All(run.Error.TrimEnd().Split('\n'), line => Assert.StartsWith("fastrnn: ", line, StringComparison.Ordinal));
        Assert.Contains($"{folder.Path("loop.cs")}(12,9): error FRNN", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_cell_with_several_or_with_dimensions_of_its_own_is_refused_with_what_to_do()
    {
        var two = folder.Code("two.cs", CellFiles.Elman + CellFiles.Elman.Replace("Mine", "Yours", StringComparison.Ordinal));
        folder.Train(folder.Text, "--cell", two).AssertFails(ExitCodes.Failed, "got Mine, Yours: say which one as", "two.cs:Mine");
        folder.Train([folder.Text, "--cell", two + ":Yours", "--steps", "1", .. Small]).AssertSucceeds();
        folder.Train(folder.Text, "--cell", two + ":Ours").AssertFails(ExitCodes.Failed, "and the name Ours, got Mine, Yours");
        folder.Train(folder.Text, "--cell", folder.Code("none.cs", "class None;"))
            .AssertFails(ExitCodes.Failed, "one class with [Cell], got none");
        folder.Train(folder.Text, "--cell", folder.Path("missing.cs")).AssertFails(ExitCodes.Failed, "missing.cs: there is no such file");

        var low = folder.Code(
            "low.cs",
            CellFiles.Elman.Replace("Vec<Hidden> b;", "Mat<Hidden, Low> b; readonly Mat<Low, Hidden> V;", StringComparison.Ordinal)
                .Replace("+ b", "+ b * (V * h)", StringComparison.Ordinal) + "\npublic abstract class Low : IDimension;");
        folder.Train(folder.Text, "--cell", low).AssertFails(ExitCodes.Failed, "FRNN046", "--dimensions");
        folder.Train([folder.Text, "--cell", low, "--dimensions", "2", "--steps", "1", .. Small]).AssertSucceeds();
        CommandLineRun.Of("info", folder.Path("model")).AssertSucceeds();
    }

    [Fact]
    public void Code_that_was_changed_or_is_missing_is_not_compiled()
    {
        var model = Trained();
        var cell = Path.Combine(model, "cell.cs");
        File.AppendAllText(cell, "// changed");
        foreach (var command in new string[][] { ["sample"], ["info"], ["train", "--resume"], ["bench"] })
        {
            CommandLineRun.Of([.. command, model])
                .AssertFails(ExitCodes.Failed, cell, "is not the code that was trained", "was not compiled");
        }

        File.Delete(cell);
        CommandLineRun.Of("sample", model).AssertFails(ExitCodes.Failed, cell, "no such file");
    }

    [Fact]
    public void A_file_of_the_name_that_is_not_the_models_is_not_replaced()
    {
        Directory.CreateDirectory(folder.Path("m"));
        File.WriteAllText(folder.Path("m", "cell.cs"), "// the only copy");
        var cell = folder.Code("mine.cs", CellFiles.Elman);
        folder.Train(folder.Text, "--cell", cell, "--out", folder.Path("m")).AssertFails(ExitCodes.Failed, "is there already");
        Assert.Equal("// the only copy", File.ReadAllText(folder.Path("m", "cell.cs")));
    }

    [Fact]
    public void Every_built_in_cell_is_trained_by_its_name()
    {
        foreach (var cell in BuiltInCells.Names)
        {
            string[] options = ["--hidden", "5", "--layers", "1", "--embedding", "3", "--steps", "1", "--json", "--out", folder.Path(cell)];
            var run = folder.Train([folder.Text, "--cell", cell.ToUpperInvariant(), .. options]).AssertSucceeds();
            Assert.Contains($"\"cell\":\"{cell}\"", run.Lines[^1], StringComparison.Ordinal);
        }

        CommandLineRun.Of("info", folder.Path("projectedlstm")).AssertSucceeds();
    }

    [Fact]
    public void A_declaration_is_trained_if_it_is_a_language_model_of_bytes()
    {
        var file = folder.Code("models.cs", CellFiles.Models);
        folder.Train(folder.Text, "--declaration", file + ":Good", "--steps", "2").AssertSucceeds();
        CommandLineRun.Of("train", "--resume", folder.Path("model"), "--steps", "3").AssertSucceeds();
        CommandLineRun.Of("info", folder.Path("model")).AssertSucceeds();
        Refused("Both", "reads backward", "has seen the answer");
        Refused("Pooled", "one output a sequence");
        Refused("Small", "has a vocabulary of 9");
        Refused("Vectors", "reads vectors");
        folder.Train(folder.Text, "--declaration", file).AssertFails(ExitCodes.Failed, "say which one as", "models.cs:My.Models.Good");

        void Refused(string name, params string[] says) =>
            folder.Train(folder.Text, "--declaration", $"{file}:{name}").AssertFails(ExitCodes.Failed, [file, name, .. says]);
    }

    private static readonly float[] Tokens = [65, 66, 67];

    /// <summary>Three tokens of one sequence.</summary>
    private static byte[] TokensFile
    {
        get
        {
            var header = """
                {"tokens":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]}}
                """u8.ToArray();
            return [.. BitConverter.GetBytes((long)header.Length), .. header, .. Tokens.SelectMany(BitConverter.GetBytes)];
        }
    }

    private string Trained()
    {
        var cell = folder.Code("mine.cs", CellFiles.Elman);
        folder.Train([folder.Text, "--cell", cell, "--steps", "3", .. Small]).AssertSucceeds();
        return folder.Path("model");
    }
}
