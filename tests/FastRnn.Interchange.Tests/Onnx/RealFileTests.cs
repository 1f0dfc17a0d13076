using FastRnn.Interchange.Onnx;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Files of PyTorch's two exporters, held against PyTorch's own outputs.</summary>
public sealed class RealFileTests
{
    public static TheoryData<string> Models => [.. OnnxData.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_file_gives_the_outputs_of_its_tool(string name)
    {
        var model = OnnxModel.Read(Path.Combine(OnnxData.Folder, name));
        Assert.Empty(model.Problems);
        Assert.Equal(20, model.Opset);
        Assert.StartsWith("pytorch", model.Producer, StringComparison.Ordinal);

        var actual = new OnnxEvaluator(model).Run(OnnxData.Vectors(name, "input."));
        var expected = OnnxData.Vectors(name, "output.");
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (output, tensor) in expected)
        {
            Assert.Equal(tensor.Shape, actual[output].Shape);
            var difference = tensor.Values.Zip(actual[output].Values, (e, a) => Math.Abs(e - a) / Math.Max(1, Math.Abs(e))).Max();
            Assert.True(difference < 2e-6, $"{output}: {difference}");
        }
    }

    [Fact]
    public void A_size_that_the_file_fixes_is_checked()
    {
        var model = OnnxModel.Read(Path.Combine(OnnxData.Folder, "stream_lstm.torchscript.onnx"));
        var inputs = OnnxData.Vectors("stream_lstm", "input.");
        inputs["x"] = new([2, 1, 2], new double[4]);
        var e = Assert.Throws<ForeignFileException>(() => new OnnxEvaluator(model).Run(inputs));
        Assert.Contains("input 'x': expected Float32 [1, 1, 2], got Float32 [2, 1, 2]", e.Message);
    }

    [Fact]
    public void A_missing_and_an_unknown_input_are_told_by_name()
    {
        var model = OnnxModel.Read(Path.Combine(OnnxData.Folder, "stream_lstm.torchscript.onnx"));
        var inputs = OnnxData.Vectors("stream_lstm", "input.");
        inputs.Remove("h0", out var h0);
        Assert.Contains("'h0'", Assert.Throws<ForeignFileException>(() => new OnnxEvaluator(model).Run(inputs)).Message);
        inputs["h1"] = h0!;
        Assert.Contains("'h1'", Assert.Throws<ForeignFileException>(() => new OnnxEvaluator(model).Run(inputs)).Message);
    }
}
