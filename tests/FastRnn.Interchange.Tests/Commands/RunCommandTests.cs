using FastRnn.Cli;
using FastRnn.Files;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tests.Import;

namespace FastRnn.Interchange.Tests.Commands;

/// <summary><c>fastrnn run</c>: tensors by the file's own names go in and come out; what does not fit is refused, and nothing is
/// written.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string Out => folder.Path("out.safetensors");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("onnx/stream_lstm.torchscript.onnx")]
    [InlineData("onnx/packed_gru.torchscript.onnx")]
    [InlineData("onnx/tagger_bigru.dynamo.onnx")]
    [InlineData("keras/keras_mask.h5")]
    [InlineData("pytorch/torch_bilstm.pt")]
    public void Outputs_are_those_of_the_tool(string file)
    {
        var vectors = Imported.VectorsOf(Imported.Data(file));
        var said = CommandRun.Of("run", folder.Import(file, "Echo"), "--input", vectors, "--output", Out).Succeeds();
        var (got, expected) = (Imported.Vectors(Out, "output."), Imported.Vectors(vectors, "output."));
        Assert.NotEmpty(expected);
        foreach (var (name, tensor) in expected)
        {
            Assert.InRange(Certifier.Difference(got[name], tensor), 0, 2e-6);
            Assert.Contains($"output.{name} [", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused()
    {
        var model = folder.Import("onnx/stream_lstm.torchscript.onnx", "Echo");
        var right = Imported.Vectors(Imported.VectorsOf(Imported.Data("onnx/stream_lstm.torchscript.onnx")), "input.");
        var (first, other) = (right.Keys.First(), right.Keys.Last());

        Refuses($"input '{first}' is missing", right.Where(i => i.Key != first));
        Refuses($"input '{other}' is missing", right.Where(i => i.Key != other));
        Refuses("input 'surplus' is unknown: expected", right.Append(new("surplus", right[first])));
        Refuses($"'{first}': expected [", Changed(first, t => new([1, .. t.Shape, 1], t.Values)));
        Refuses($"'{first}': expected", Changed(first, t => new([.. t.Shape[..^1], t.Shape[^1] + 1])));
        Refuses($"'{other}': expected", Changed(other, t => new([.. t.Shape[..^1], t.Shape[^1] + 1])));
        Refuses($"'{other}': expected", Changed(other, t => new([.. t.Shape.Select(_ => 1)])));
        foreach (var number in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Refuses($"'{first}': expected finite numbers", Changed(first, t => new(t.Shape, [number, .. t.Values[1..]])));
            Refuses($"'{other}': expected finite numbers", Changed(other, t => new(t.Shape, [.. t.Values[..^1], number])));
        }

        Refuses("twice", right.Append(new($"input.{first}", right[first])));
        Refuses("expected", right.Select(i => new KeyValuePair<string, Tensors.Tensor>(i.Key, new([.. i.Value.Shape.Select(_ => 0)]))));

        void Refuses(string says, IEnumerable<KeyValuePair<string, Tensors.Tensor>> inputs)
        {
            var path = folder.Path("in.safetensors");
            AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, [.. inputs.Select(i => new TensorData(
                i.Key, i.Value.Values.Select(v => (float)v).ToArray(), [.. i.Value.Shape.Select(s => (long)s)]))]));
            CommandRun.Of("run", model, "--input", path, "--output", Out).Fails(ExitCodes.Failed, path, says);
            Assert.False(File.Exists(Out));
        }

        IEnumerable<KeyValuePair<string, Tensors.Tensor>> Changed(string name, Func<Tensors.Tensor, Tensors.Tensor> change) =>
            right.Select(i => i.Key == name ? new(name, change(i.Value)) : i);
    }

    [Theory]
    [InlineData(11.0)]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_token_that_is_none_is_refused(double token)
    {
        var model = folder.Import("onnx/tagger_lstm.torchscript.onnx", "Echo");
        var input = Imported.Vectors(Imported.VectorsOf(Imported.Data("onnx/tagger_lstm.torchscript.onnx")), "input.").Single();
        var values = input.Value.Values.Select(v => (float)v).ToArray();
        values[1] = token == 11 ? 1e9f : (float)token;
        var path = folder.Path("in.safetensors");
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(
            stream, [new TensorData(input.Key, values, [.. input.Value.Shape.Select(s => (long)s)])]));
        CommandRun.Of("run", model, "--input", path, "--output", Out)
            .Fails(ExitCodes.Failed, path, $"'{input.Key}': expected tokens of 0 to");
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void Files_that_cannot_be_read_or_written_are_refused()
    {
        var model = folder.Import("keras/keras_simple_rnn.keras", "Echo");
        var input = Imported.VectorsOf(Imported.Data("keras/keras_simple_rnn.keras"));
        var weights = Path.Combine(model, "Echo.safetensors");
        var before = File.ReadAllBytes(weights);
        Run(folder.Path("none"), Out, folder.Path("none"));
        Run(folder.Root, Out, folder.Root);
        Run(folder.Write("damaged", "damaged"), Out, folder.Path("damaged"));
        Run(input, folder.Root, "cannot be written");
        Run(input, folder.Path("none", "out"), "cannot be written");
        Run(input, weights, "holds the weights of the model");
        Run(input, Path.Combine(folder.Root, "none", "..", "Echo", "Echo.safetensors"), "holds the weights of the model");
        Assert.Equal(before, File.ReadAllBytes(weights));
        Assert.Equal(
            ["Echo/Echo.cs", "Echo/Echo.safetensors", "Echo/certificate.json", "Echo/certificate.md", "damaged"], folder.Files);

        void Run(string from, string to, string says) =>
            CommandRun.Of("run", model, "--input", from, "--output", to).Fails(ExitCodes.Failed, says);
    }

    [Fact]
    public void Files_of_the_model_and_the_inputs_are_not_replaced()
    {
        var model = folder.Import("keras/keras_simple_rnn.keras", "Echo");
        var input = folder.Path("in.safetensors");
        File.Copy(Imported.VectorsOf(Imported.Data("keras/keras_simple_rnn.keras")), input);
        string[] kept = [.. Directory.GetFiles(model), input];
        var before = kept.Select(File.ReadAllBytes).ToList();
        foreach (var path in kept.Append(Path.Combine(model, "config.json")))
            Refuses(path);
        foreach (var option in (string[])["--onnx", "--pytorch"])
        {
            foreach (var path in kept[..^1])
                CommandRun.Of("export", model, option, path).Fails(ExitCodes.Failed, path, $"which {option} would replace");
        }

        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(folder.Path("linked"), model);
            File.CreateSymbolicLink(folder.Path("link"), folder.Path("linked", "Echo.cs"));
            File.CreateSymbolicLink(folder.Path("again"), folder.Path("link"));
            File.CreateSymbolicLink(folder.Path("same"), "in.safetensors");
            foreach (var path in (string[])[folder.Path("linked", "certificate.md"), folder.Path("again"), folder.Path("same")])
                Refuses(path);
        }

        Assert.Equal(before, kept.Select(File.ReadAllBytes));
        CommandRun.Of("run", model, "--input", input, "--output", Path.Combine(model, "out.safetensors")).Succeeds();

        void Refuses(string to) =>
            CommandRun.Of("run", model, "--input", input, "--output", to).Fails(ExitCodes.Failed, to, "which --output would replace");
    }

    [Fact]
    public void A_folder_that_holds_no_model_is_refused()
    {
        var model = folder.Import("keras/keras_simple_rnn.keras", "Echo");
        Fails("there is no such directory", folder.Path("none"));
        Fails("got a file", folder.Write("file", "text"));
        Directory.CreateDirectory(folder.Path("empty"));
        Fails("there is no model in this directory", folder.Path("empty"));
        File.Copy(Path.Combine(model, "Echo.safetensors"), Path.Combine(model, "Other.safetensors"));
        Fails("expected one imported model, got", model);
        File.Delete(Path.Combine(model, "Other.safetensors"));

        var declaration = Path.Combine(model, "Echo.cs");
        var text = File.ReadAllText(declaration);
        File.WriteAllText(declaration, text.Replace("[Model]", "[Model", StringComparison.Ordinal));
        Fails("Echo.cs", model);
        File.WriteAllText(declaration, "namespace Nothing;");
        Fails("Echo.cs", model);
        File.Delete(declaration);
        Fails("Echo.cs: is missing", model);

        void Fails(string says, string path)
        {
            CommandRun.Of("run", path, "--input", "in", "--output", Out).Fails(ExitCodes.Failed, says);
            CommandRun.Of("export", path, "--onnx", Out).Fails(ExitCodes.Failed, says);
            CommandRun.Of("export", path, "--pytorch", Out).Fails(ExitCodes.Failed, says);
        }
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("null", "null")]
    [InlineData("{}", "damaged")]
    [InlineData("\"layer\":0 -> \"layer\":7", "state")]
    [InlineData("\"layer\":0 -> \"layer\":-1", "state")]
    [InlineData("\"backward\":false -> \"backward\":true", "state")]
    [InlineData("\"bidirectional\":[false] -> \"bidirectional\":[]", "directions")]
    [InlineData("\"Feature\" -> \"Time\"", "")]
    [InlineData("\"Batch\" -> \"Batch\",\"Batch\"", "")]
    [InlineData("\"slices\":[ -> \"slices\":[null,", "state")]
    public void A_signature_that_is_not_the_models_is_refused(string change, string says)
    {
        var model = folder.Import("onnx/stream_lstm.torchscript.onnx", "Echo");
        var weights = Path.Combine(model, "Echo.safetensors");
        var text = ModelFile.ReadMetadata(weights)[SignatureText.MetadataKey];
        var parts = change.Split(" -> ");
        Assert.True(parts.Length == 1 || text.Contains(parts[0], StringComparison.Ordinal), text);
        using (var reader = SafeTensorsReader.Open(weights))
        {
            List<TensorData> tensors = [.. reader.Tensors.Select(t =>
            {
                var values = new float[t.Shape.Aggregate(1L, (a, b) => a * b)];
                reader.Read<float>(t, 0, values);
                return new TensorData(t.Name, values, [.. t.Shape]);
            })];
            var metadata = reader.Metadata.ToDictionary();
            metadata[SignatureText.MetadataKey] = parts.Length == 1 ? change : text.Replace(parts[0], parts[1], StringComparison.Ordinal);
            AtomicFile.Write(folder.Path("new"), stream => SafeTensorsWriter.Write(stream, tensors, metadata));
        }

        File.Move(folder.Path("new"), weights, overwrite: true);
        CommandRun.Of("run", model, "--input", "in", "--output", Out).Fails(ExitCodes.Failed, "Echo.safetensors", "signature", says);
    }

    [Theory]
    [InlineData("--input", "", "--output", "out")]
    [InlineData("--input", "in", "--output", "")]
    [InlineData("--input", "in")]
    [InlineData("--output", "out")]
    public void A_wrong_command_line_is_refused(params string[] words) =>
        CommandRun.Of(["run", folder.Root, .. words]).Fails(ExitCodes.Usage, "--");
}
