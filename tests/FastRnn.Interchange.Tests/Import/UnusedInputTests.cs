using System.Text;

using FastRnn.Cli;
using FastRnn.Files;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Onnx.Understanding;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>Inputs that no node of a file reads: known, accepted, and told to change nothing.</summary>
public sealed class UnusedInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unused").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_certificate_and_the_description_name_them()
    {
        using var imported = Import();
        Assert.Empty(imported.Differences());
        Assert.Contains(
            imported.Foreign.Assumptions, a => a.StartsWith("the input 'mask' [?, ?, 1] is read by no node", StringComparison.Ordinal));
        Assert.Contains("input 'sequence_lens' [?]: read by nothing", imported.Foreign.Description);
    }

    [Fact]
    public void They_may_be_given_and_left_out()
    {
        using var imported = Import();
        var inputs = Inputs();
        var expected = imported.Run(new Dictionary<string, Tensor> { ["x"] = inputs["x"] })["y"];
        Assert.Equal(expected.Values, imported.Run(inputs)["y"].Values);
        Assert.Equal(expected.Shape, imported.Foreign.File.Run(inputs)["y"].Shape);

        // What lies beside the weights says it, too.
        var again = SignatureText.Read("model.safetensors", SignatureText.Write(imported.Foreign.Network.Signature));
        Assert.Equal(expected.Values, new SignatureRun(again, imported.Model).Run(inputs)["y"].Values);
    }

    [Fact]
    public void Their_shape_is_checked_and_other_names_stay_unknown()
    {
        using var imported = Import();
        var inputs = Inputs();
        inputs["mask"] = new Tensor([4, 2, 3]);
        var e = Assert.Throws<ForeignFileException>(() => imported.Run(inputs));
        Assert.Contains("'mask', which is not read: expected [?, ?, 1], got [4, 2, 3]", e.Message, StringComparison.Ordinal);
        inputs.Remove("mask");
        inputs["masks"] = new Tensor([4, 2, 1]);
        e = Assert.Throws<ForeignFileException>(() => imported.Run(inputs));
        Assert.Contains("'masks' is unknown", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_takes_the_whole_file_of_inputs_and_says_what_it_did_not_use()
    {
        var model = Path.Combine(folder, "Model");
        Directory.CreateDirectory(model);
        using (var imported = Import())
        {
            File.WriteAllText(Path.Combine(model, "Network.cs"), imported.Declaration);
            imported.Model.Save(
                Path.Combine(model, "Network.safetensors"),
                new Dictionary<string, string>
                {
                    [SignatureText.MetadataKey] = SignatureText.Write(imported.Foreign.Network.Signature),
                });
        }

        var input = Path.Combine(folder, "in.safetensors");
        var tensors = Inputs().Select(i => new TensorData(
            i.Key, i.Value.Values.Select(v => (float)v).ToArray(), [.. i.Value.Shape.Select(s => (long)s)])).ToList();
        using (var stream = File.Create(input))
            SafeTensorsWriter.Write(stream, tensors);
        using var output = new MemoryStream();
        using var error = new StringWriter();
        string[] command = ["run", model, "--input", input, "--output", Path.Combine(folder, "out.safetensors")];
        var code = Program.Run(command, output, error, CancellationToken.None);
        var text = Encoding.UTF8.GetString(output.ToArray()) + error;
        Assert.True(code == 0, text);
        Assert.Contains("input 'mask' [4, 2, 1]: nothing in the original reads it", text, StringComparison.Ordinal);
        Assert.Contains("output.y [4, 2, 3]", text, StringComparison.Ordinal);
    }

    private static Dictionary<string, Tensor> Inputs() => new()
    {
        ["x"] = new GraphBuilder().Data(4, 2, 2),
        ["sequence_lens"] = new Tensor([2], [4, 1], ElementType.Int64),
        ["mask"] = new GraphBuilder().Data(4, 2, 1),
    };

    private static Imported Import() => new(ForeignNetwork.Of("test.onnx", new OnnxFile(
        new GraphBuilder().Input("x", "t", "b", 2).Tokens("sequence_lens", "b").Input("mask", "t", "b", 1).Recurrent(4, 2, 3)
            .Node("LSTM", "x W R B -> raw", ("hidden_size", 3)).Integers("one", 1).Node("Squeeze", "raw one -> y").Output("y", "t", "b", 3)
            .Build())));
}
