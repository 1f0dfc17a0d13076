using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tests.Networks;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>Files of PyTorch's two exporters: the network is what was exported, and puts out what PyTorch put out.</summary>
public sealed class RealNetworkTests
{
    public static TheoryData<string> Models => [.. OnnxData.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_network_gives_the_outputs_of_the_tool(string name)
    {
        var network = Understood.Of(Read(name));
        Understood.Same(OnnxData.Vectors(name, "output."), NetworkReference.Run(network, OnnxData.Vectors(name, "input.")), 2e-6);
    }

    [Theory]
    [InlineData("tagger_lstm.torchscript.onnx", "", null)]
    [InlineData("tagger_lstm.dynamo.onnx", "dimension 1 of 'logprobs' is 7", null)]
    [InlineData("tagger_bigru.torchscript.onnx", "", null)]
    [InlineData("tagger_bigru.dynamo.onnx", "work only for 7", 7)]
    public void A_tagger_is_embedding_two_layers_dense_and_log_softmax(string name, string assumption, int? steps)
    {
        var findings = new Findings();
        var network = Understood.Of(Read(name), findings);
        var isGru = name.Contains("gru", StringComparison.Ordinal);
        Assert.Collection(
            network.Layers,
            layer => Assert.Equal((11, 6), (((EmbeddingLayer)layer).Table.Rows, ((EmbeddingLayer)layer).Table.Columns)),
            layer => IsRecurrent(layer, isGru, 6),
            layer => IsRecurrent(layer, isGru, isGru ? 16 : 9),
            layer => Assert.Equal((5, isGru ? 16 : 9, 1),
                (((DenseLayer)layer).Weight.Rows, ((DenseLayer)layer).Weight.Columns, ((DenseLayer)layer).Bias.Count)),
            layer => Assert.True(((SoftmaxLayer)layer).IsLog));
        Axis[] order = isGru ? [Axis.Time, Axis.Batch] : [Axis.Batch, Axis.Time];
        Assert.Equal(order, network.Signature.Input.Axes);
        Assert.Equal([.. order, Axis.Feature], network.Signature.Output.Axes);
        Assert.Equal((0, steps, null), (network.InputSize, network.Signature.Steps, network.Signature.Batch));
        if (assumption.Length == 0)
            Assert.Empty(findings.Assumptions);
        else
            Assert.Contains(findings.Assumptions, a => a.Contains(assumption, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("last_lstm.torchscript.onnx")]
    [InlineData("last_lstm.dynamo.onnx")]
    [InlineData("last_rnn.torchscript.onnx")]
    [InlineData("last_rnn.dynamo.onnx")]
    public void The_last_step_is_a_pooling(string name)
    {
        var network = Understood.Of(Read(name));
        var isRnn = name.Contains("rnn", StringComparison.Ordinal);
        Assert.Equal(isRnn ? 2 : 1, network.Recurrent.Count);
        Assert.All(network.Recurrent, r => Assert.Equal((isRnn ? RecurrentKind.Rnn : RecurrentKind.Lstm, 10, 1),
            (r.Kind, r.HiddenSize, r.Directions.Count)));
        var rest = network.Layers.Skip(network.Recurrent.Count).ToList();
        Assert.Equal(Pooling.Last, Assert.IsType<PoolLayer>(rest[0]).Pooling);
        Assert.Equal(FunctionUse.Relu, Assert.IsType<FunctionLayer>(rest[1]).Function);
        Assert.Equal(FunctionUse.Sigmoid, Assert.IsType<DenseLayer>(rest[2]).Function);
        Assert.Equal(3, rest.Count);
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], network.Signature.Input.Axes);
        Assert.Equal([Axis.Batch, Axis.Feature], network.Signature.Output.Axes);
        Assert.Equal((4, 6, null), (network.InputSize, network.Signature.Steps, network.Signature.Batch));
    }

    [Theory]
    [InlineData("stream_lstm.torchscript.onnx")]
    [InlineData("stream_lstm.dynamo.onnx")]
    public void A_stream_has_states_in_and_out_and_a_skip_connection(string name)
    {
        var signature = Understood.Of(Read(name)) is var network ? network.Signature : null!;
        Assert.Equal(["RecurrentLayer", "DenseLayer", "SkipLayer"], network.Layers.Select(l => l.GetType().Name));
        Assert.Equal((2, 1, 1), (network.InputSize, signature.Steps, signature.Batch));
        Assert.Equal([Axis.Time, Axis.Batch, Axis.Feature], signature.Output.Axes);
        Assert.Equal(["h0", "c0"], signature.FirstStates.Select(s => s.Name));
        Assert.Equal(["hn", "cn"], signature.FinalStates.Select(s => s.Name));
        Assert.All(signature.FirstStates.Concat(signature.FinalStates), s => Assert.Equal([Axis.Slice, Axis.Batch, Axis.Feature], s.Axes));
        Assert.Equal([new StateSlice(0, false, false)], signature.FirstStates[0].Slices);
        Assert.Equal([new StateSlice(0, false, true)], signature.FinalStates[1].Slices);
    }

    [Theory]
    [InlineData("packed_bilstm.torchscript.onnx")]
    [InlineData("packed_gru.torchscript.onnx")]
    public void Packed_sequences_are_sequences_with_lengths_in_their_own_order(string name)
    {
        var network = Understood.Of(Read(name));
        var layer = Assert.IsType<RecurrentLayer>(Assert.Single(network.Layers));
        Assert.Equal("lengths", network.Signature.Lengths!.Name);
        Assert.Equal([Axis.Time, Axis.Batch, Axis.Feature], network.Signature.Output.Axes);
        Assert.All(network.Signature.FinalStates, s => Assert.Equal(layer.Directions.Count, s.Slices.Count));
        Assert.Null(network.Signature.Steps);
    }

    [Fact]
    public void Gates_are_views_of_the_files_tensors_in_our_order()
    {
        var layer = Assert.Single(Understood.Of(Read("last_lstm.torchscript.onnx")).Recurrent);
        var gates = layer.Directions[0].Gates;
        Assert.Equal(["i", "f", "g", "o"], gates.Select(g => g.Gate));
        Assert.Equal([0, 80, 120, 40], gates.Select(g => g.Input.Offset));
        Assert.Equal([0, 200, 300, 100], gates.Select(g => g.Recurrent.Offset));
        Assert.Equal([0, 20, 30, 10], gates.Select(g => g.InputBias.Single().Offset));
        Assert.Equal([40, 60, 70, 50], gates.Select(g => g.RecurrentBias.Single().Offset));
        Assert.All(gates, g => Assert.Equal("onnx::LSTM_111", g.Input.Tensor.Name));

        var gru = Understood.Of(Read("packed_gru.torchscript.onnx")).Recurrent.Single();
        Assert.True(gru.ResetsAfterProduct);
        Assert.Equal([0, 15, 30], gru.Directions[0].Gates.Select(g => g.Input.Offset));
    }

    [Fact]
    public void The_origin_is_told()
    {
        var file = OnnxFile.Open(Path.Combine(OnnxData.Folder, "packed_gru.torchscript.onnx"));
        Assert.Equal("ONNX, opset 20, by pytorch 2.14.1", file.Origin);
        Assert.Equal(3, file.Tensors.Count);
        Assert.NotNull(file.Understand(new()));
    }

    private static OnnxModel Read(string name) => OnnxModel.Read(Path.Combine(OnnxData.Folder, name));

    private static void IsRecurrent(NetworkLayer layer, bool isGru, int inputs)
    {
        var recurrent = Assert.IsType<RecurrentLayer>(layer);
        Assert.Equal((isGru ? RecurrentKind.Gru : RecurrentKind.Lstm, inputs), (recurrent.Kind, recurrent.InputSize));
        Assert.Equal(isGru ? [false, true] : [false], recurrent.Directions.Select(d => d.Backward));
    }
}
