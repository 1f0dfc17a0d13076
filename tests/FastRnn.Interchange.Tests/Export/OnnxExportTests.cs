using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>What an exported file looks like, and what is refused.</summary>
public sealed class OnnxExportTests
{
    private static ModelProto Read(string name, OnnxExportOptions? options = null)
    {
        using var model = ExportModels.Create(name);
        return ModelProto.Parser.ParseFrom(ExportModels.Export(name, model, options));
    }

    [Theory]
    [InlineData("Bidirectional")]
    [InlineData("OwnCells")]
    public void The_same_model_gives_the_same_bytes(string name)
    {
        using var model = ExportModels.Create(name);
        Assert.Equal(ExportModels.Export(name, model), ExportModels.Export(name, model));
    }

    [Fact]
    public void Each_layer_is_one_node()
    {
        var file = Read("Bidirectional");
        Assert.Equal(
            ["LSTM", "Transpose", "Reshape", "GRU", "Gather", "Gather", "Add", "MatMul", "Sigmoid"],
            file.Graph.Node.Select(n => n.OpType));
        Assert.Equal(8, file.IrVersion);
        Assert.Equal(17, file.OpsetImport.Single().Version);
        Assert.Equal(
            "l0 FastRnn.Cells.Lstm, l0_reverse FastRnn.Cells.Lstm, l1 FastRnn.Cells.Gru, l1_reverse FastRnn.Cells.Gru",
            file.MetadataProps.Single(p => p.Key == "fastrnn.cells").Value);
        Assert.Contains(file.MetadataProps, p => p is { Key: "fastrnn.version", Value: "0.1.0" });
    }

    [Fact]
    public void Weights_have_the_names_of_the_models_file()
    {
        var file = Read("Lstms");
        Assert.Equal(
            [
                "weight_ih_l0 [1, 24, 5]", "weight_hh_l0 [1, 24, 6]", "bias_l0 [1, 48]", "weight_ih_l1 [1, 16, 6]",
                "weight_hh_l1 [1, 16, 4]", "bias_l1 [1, 32]", "dense.weight.T [4, 3]", "dense.bias [3]",
            ],
            file.Graph.Initializer.Where(i => !i.Name.StartsWith("list", StringComparison.Ordinal))
                .Select(i => $"{i.Name} [{string.Join(", ", i.Dims)}]"));
    }

    [Fact]
    public void Time_and_batch_are_free()
    {
        var file = Read("Bidirectional", new() { BatchFirst = true, States = true });
        Assert.Equal(
            ["x [batch, time, 4]", "h0_l0 [2, batch, 6]", "c0_l0 [2, batch, 6]", "h0_l1 [2, batch, 5]"], file.Graph.Input.Select(Text));
        Assert.Equal(
            ["y [batch, time, 3]", "hn_l0 [2, batch, 6]", "cn_l0 [2, batch, 6]", "hn_l1 [2, batch, 5]"], file.Graph.Output.Select(Text));
    }

    [Fact]
    public void Outputs_that_nothing_reads_are_left_out()
    {
        Assert.Equal(["y_l0"], Read("PooledMax").Graph.Node.Single(n => n.OpType == "LSTM").Output);
        Assert.Equal(["", "hn_l0"], Read("PooledLast").Graph.Node.Single(n => n.OpType == "GRU").Output);
    }

    [Fact]
    public void What_cannot_be_exported_is_named_all_at_once()
    {
        using var translator = ExportModels.Create("Translator");
        var e = Assert.Throws<ForeignFileException>(() => ExportModels.Export("Translator", translator));
        Assert.Contains("an encoder and a decoder", e.Message, StringComparison.Ordinal);
        Assert.Contains("DotAttention has no counterpart", e.Message, StringComparison.Ordinal);
        Assert.Contains("LastState", e.Message, StringComparison.Ordinal);

        using var conditioned = ExportModels.Create("Conditioned");
        e = Assert.Throws<ForeignFileException>(() => ExportModels.Export("Conditioned", conditioned));
        Assert.Contains("a condition of 3 numbers", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_without_an_operator_needs_its_equations()
    {
        using var model = ExportModels.Create("Projected");
        var e = Assert.Throws<ForeignFileException>(() => OnnxExport.Write(model.Info, model.Parameters, new MemoryStream()));
        Assert.Contains("layer 0 (FastRnn.Cells.ProjectedLstm)", e.Message, StringComparison.Ordinal);
        Assert.Contains("layer 1 (FastRnn.Cells.LayerNormLstm)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_operator_holds_units()
    {
        using var model = ExportModels.Create("Held");
        var e = Assert.Throws<ForeignFileException>(() => OnnxExport.Write(model.Info, model.Parameters, new MemoryStream()));
        Assert.Contains("layer 0 (FastRnn.Cells.Lstm): no operator has its equations (with zoneout)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_2_GB_is_refused_before_it_is_made()
    {
        using var model = ExportModels.Create("TooLarge");
        var e = Assert.Throws<ForeignFileException>(() => ExportModels.Export("TooLarge", model));
        Assert.Contains("'one_hot' [40000, 40000]", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Peephole", false)]
    [InlineData("Coupled", false)]
    [InlineData("Bidirectional", true)]
    [InlineData("LearnedStates", false)]
    [InlineData("Held", false)]
    [InlineData("BidirectionalScan", true)]
    [InlineData("OwnCells", true)]
    public void A_file_that_is_read_again_agrees_with_its_model(string name, bool states)
    {
        var options = new OnnxExportOptions { States = states, BatchFirst = states };
        using var model = ExportModels.Create(name);
        WithFile(ExportModels.Export(name, model, options), path =>
            Assert.InRange(new ExportCheck(path, options, model).Difference(), 0, Certifier.Tolerance));
    }

    [Fact]
    public void A_weight_that_is_wrong_is_found()
    {
        using var model = ExportModels.Create("Grus");
        var file = ModelProto.Parser.ParseFrom(ExportModels.Export("Grus", model));
        var bias = file.Graph.Initializer.Single(i => i.Name == "bias_l1");
        var bytes = bias.RawData.ToByteArray();
        bytes[3] ^= 0x80;
        bias.RawData = Google.Protobuf.ByteString.CopyFrom(bytes);
        using var stream = new MemoryStream();
        Google.Protobuf.MessageExtensions.WriteTo(file, stream);
        WithFile(stream.ToArray(), path => Assert.True(new ExportCheck(path, new(), model).Difference() > 1e-3));
    }

    private static void WithFile(byte[] file, Action<string> use)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(ValueInfoProto value)
    {
        var sizes = value.Type.TensorType.Shape.Dim.Select(d => d.DimParam.Length > 0 ? d.DimParam : $"{d.DimValue}");
        return $"{value.Name} [{string.Join(", ", sizes)}]";
    }
}
