using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>ONNX Runtime 1.31.1 says what an exported file computes.</summary>
public sealed class OnnxRuntimeTests
{
    public static TheoryData<string, bool, bool> Cases()
    {
        var cases = new TheoryData<string, bool, bool>();
        foreach (var name in ExportModels.Names)
        {
            cases.Add(name, false, false);
            cases.Add(name, true, false);
            cases.Add(name, false, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_exported_file_computes_what_its_model_computes(string name, bool batchFirst, bool states)
    {
        var options = new OnnxExportOptions { BatchFirst = batchFirst, States = states };
        using var model = ExportModels.Create(name);
        using var runtime = new RuntimeRun(ExportModels.Export(name, model, options));
        var random = new Random(7);
        foreach (var (batch, steps) in (ReadOnlySpan<(int, int)>)[(3, 7), (1, 1), (2, 12)])
        {
            var trial = new ExportTrial(model.Info, options, random, batch, steps);
            var expected = trial.Outputs(model.Run(trial.Batch));
            var got = runtime.Run(trial.Inputs);
            Assert.Equal(expected.Keys.Order(), got.Keys.Order());
            foreach (var (output, tensor) in expected)
            {
                var difference = Certifier.Difference(got[output], tensor);
                Assert.True(difference <= 2e-6, $"{name}, {output} {tensor.ShapeText()}: {difference:0.0e+00}");
            }
        }
    }

    [Theory]
    [InlineData("Lstms")]
    [InlineData("Elmans")]
    [InlineData("Projected")]
    [InlineData("OwnCells")]
    public void A_stream_that_is_cut_goes_on_where_it_stopped(string name)
    {
        var options = new OnnxExportOptions { States = true };
        using var model = ExportModels.Create(name);
        using var runtime = new RuntimeRun(ExportModels.Export(name, model, options));
        var whole = new ExportTrial(model.Info, options, new Random(3), 2, 6).Inputs;
        var expected = runtime.Run(whole);

        var width = model.Info.InputSize * 2;
        Dictionary<string, Tensor>? last = null;
        for (var t = 0; t < 6; t++)
        {
            var inputs = whole.ToDictionary(i => i.Key, i => last is null || i.Key == "x" ? i.Value : last[Final(i.Key)]);
            inputs["x"] = new Tensor([1, 2, model.Info.InputSize], whole["x"].Values[(t * width)..((t + 1) * width)]);
            last = runtime.Run(inputs);
        }

        foreach (var (output, tensor) in expected.Where(o => o.Key != "y"))
            Assert.True(Certifier.Difference(last![output], tensor) <= 2e-6, output);

        static string Final(string first) => first.Replace("0_", "n_", StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_reads_backward_is_one_node()
    {
        using var model = ExportModels.Create("Lstms");
        var info = Backward.Of(model.Info, ExportModels.TypeOf("Bidirectional"));
        using var stream = new MemoryStream();
        OnnxExport.Write(info, model.Parameters, stream, new());
        var file = ModelProto.Parser.ParseFrom(stream.ToArray());
        Assert.Equal(["LSTM", "Squeeze", "LSTM", "Squeeze", "MatMul", "Add"], file.Graph.Node.Select(n => n.OpType));
        Assert.All(file.Graph.Node.Where(n => n.OpType == "LSTM"), n => Assert.Equal("reverse", n.Attribute[1].S.ToStringUtf8()));

        // Reading backward is reading the reversed sequence, and putting the outputs back.
        using var runtime = new RuntimeRun(stream.ToArray());
        var trial = new ExportTrial(model.Info, new(), new Random(5), 1, 6);
        var expected = trial.Outputs(model.Run(trial.Batch))["y"];
        var got = runtime.Run(new Dictionary<string, Tensor> { ["x"] = Backward.Turned(trial.Inputs["x"]) })["y"];
        Assert.True(Certifier.Difference(Backward.Turned(got), expected) <= 2e-6);
    }
}
