using FastRnn.Files;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.PyTorch;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Networks;

namespace FastRnn.Interchange.Tests.PyTorch;

public class StateDictFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "pytorch");

    private static readonly NamedTensor[] Gru =
    [
        NamedTensor.Of("rnn.weight_ih_l0", 6, 3), NamedTensor.Of("rnn.weight_hh_l0", 6, 2), NamedTensor.Of("rnn.bias_ih_l0", 6),
        NamedTensor.Of("rnn.bias_hh_l0", 6), NamedTensor.Of("fc.weight", 1, 2), NamedTensor.Of("fc.bias", 1),
    ];

    [Theory]
    [InlineData("torch_bilstm.pt", false, false, "tanh", null)]
    [InlineData("torch_checkpoint.pt", true, false, "tanh", null)]
    [InlineData("torch_projected.pt", false, false, "tanh", null)]
    [InlineData("torch_last_rnn.safetensors", true, true, "relu", "sigmoid")]
    [InlineData("torch_cells.pt", false, false, "tanh", null)]
    public void PyTorchs_models_give_PyTorchs_outputs(string name, bool batchFirst, bool lastStep, string nonlinearity, string? output)
    {
        var options = new StateDictOptions
        { BatchFirst = batchFirst, LastStep = lastStep, Nonlinearity = nonlinearity, OutputActivation = output };
        var file = StateDictFile.Open(Path.Combine(Folder, name), options);
        using var vectors = SafeTensorsReader.Open(Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(name)}.io.safetensors"));
        var input = vectors.Tensors.Single(tensor => tensor.Name != "output.y").Name;
        var inputs = new Dictionary<string, Tensor> { [input["input.".Length..]] = Read(vectors, input) };
        var expected = Read(vectors, "output.y");

        var findings = new Findings();
        var network = file.Understand(findings);
        Assert.Empty(findings.Problems);
        foreach (var actual in new[] { file.Run(inputs)["y"], NetworkReference.Run(network!, inputs)["y"] })
        {
            Assert.Equal(expected.Shape, actual.Shape);
            for (var i = 0; i < expected.Count; i++)
                Assert.Equal(expected.Values[i], actual.Values[i], 2e-6);
        }
    }

    [Fact]
    public void PyTorchs_bidirectional_lstm_is_understood()
    {
        var file = StateDictFile.Open(Path.Combine(Folder, "torch_bilstm.pt"), new StateDictOptions());
        var findings = new Findings();
        var network = file.Understand(findings);
        Assert.Empty(findings.Problems);
        Assert.NotNull(network);
        Assert.Equal(["lstm.l0", "lstm.l1", "head"], network.Layers.Select(layer => layer.Name));
        Assert.Equal((3, 14), (network.Recurrent[0].InputSize, network.Recurrent[0].OutputSize));
        Assert.Equal([false, true], network.Recurrent[1].Directions.Select(direction => direction.Backward));
        Assert.Equal(file.Tensors.Count, findings.Uses.Select(use => use.Tensor).Distinct().Count());
        Assert.Equal([Axis.Time, Axis.Batch, Axis.Feature], network.Signature.Input.Axes);
        var second = file.Tensors.Single(t => t.Name == "lstm.weight_ih_l1");
        Assert.Equal(second[(7 * 14) + 1], network.Recurrent[1].Directions[0].Gates[1].Input[0, 1]);
    }

    [Fact]
    public void All_three_formats_give_the_same_numbers()
    {
        var input = new Dictionary<string, Tensor> { ["x"] = new([2, 1, 3], [0.1, -0.2, 0.3, 0.5, 0.4, -0.9]) };
        byte[][] files = [TensorFiles.Torch(Gru), TensorFiles.Dat(Gru), TensorFiles.SafeTensors(Gru)];
        var outputs = files.Select(bytes => Open(bytes).Run(input)["y"].Values).ToList();
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void A_gru_has_its_biases_of_the_state_inside_of_the_reset()
    {
        var network = Understood(TensorFiles.Dat(Gru), new StateDictOptions());
        var layer = network.Recurrent[0];
        Assert.Equal(RecurrentKind.Gru, layer.Kind);
        Assert.True(layer.ResetsAfterProduct);
        var direction = layer.Directions[0];
        Assert.Equal(["z", "r", "n"], direction.Gates.Select(gate => gate.Gate));
        Assert.Equal([4, 0, 8], direction.Gates.Select(gate => gate.Recurrent.Offset));
        Assert.Equal([2, 0, 4], direction.Gates.Select(gate => gate.RecurrentBias[0].Offset));
    }

    // One unit; the numbers follow from torch.nn.GRU's formulas by hand: r = s(.5 x + .1 + .3 h - .2), z = s(-.4 x + .2 + .6 h + .1),
    // n = tanh(.7 x - .3 + r (.8 h + .4)), h' = (1 - z) n + z h.
    [Fact]
    public void One_unit_of_a_gru_follows_the_formulas()
    {
        NamedTensor[] tensors =
        [
            new("weight_ih_l0", [3, 1], [0.5f, -0.4f, 0.7f]), new("weight_hh_l0", [3, 1], [0.3f, 0.6f, 0.8f]),
            new("bias_ih_l0", [3], [0.1f, 0.2f, -0.3f]), new("bias_hh_l0", [3], [-0.2f, 0.1f, 0.4f]),
        ];
        var output = Open(TensorFiles.Dat(tensors)).Run(new Dictionary<string, Tensor> { ["x"] = new([2, 1, 1], [1, -0.5]) })["y"];
        Assert.Equal(0.29637281, output.Values[0], 1e-7);
        Assert.Equal(0.07654018, output.Values[1], 1e-7);
    }

    [Fact]
    public void A_projection_is_read()
    {
        var network = Understood(
            TensorFiles.Dat(
                NamedTensor.Of("weight_ih_l0", 12, 2), NamedTensor.Of("weight_hh_l0", 12, 1), NamedTensor.Of("bias_ih_l0", 12),
                NamedTensor.Of("bias_hh_l0", 12), NamedTensor.Of("weight_hr_l0", 1, 3)),
            new StateDictOptions());
        Assert.Equal((3, 1), (network.Recurrent[0].HiddenSize, network.Recurrent[0].OutputSize));
        Assert.Equal((1, 3), (network.Recurrent[0].Directions[0].Projection!.Rows, network.Recurrent[0].Directions[0].Projection!.Columns));
    }

    [Fact]
    public void Options_say_what_names_do_not()
    {
        NamedTensor[] tensors =
        [
            NamedTensor.Of("module.embed.weight", 9, 4), NamedTensor.Of("module.cell.weight_ih", 5, 4),
            NamedTensor.Of("module.cell.weight_hh", 5, 5), NamedTensor.Of("module.out.weight", 9, 5),
        ];
        var options = new StateDictOptions { BatchFirst = true, LastStep = true, Nonlinearity = "relu", OutputActivation = "log_softmax" };
        var network = Understood(TensorFiles.Torch(tensors), options);
        Assert.Equal(0, network.InputSize);
        Assert.Equal(
            [typeof(EmbeddingLayer), typeof(RecurrentLayer), typeof(PoolLayer), typeof(DenseLayer), typeof(SoftmaxLayer)],
            network.Layers.Select(layer => layer.GetType()));
        Assert.Equal(FunctionUse.Relu, network.Recurrent[0].Directions[0].GateFunction);
        Assert.Equal([Axis.Batch, Axis.Time], network.Signature.Input.Axes);
        Assert.Equal([Axis.Batch, Axis.Feature], network.Signature.Output.Axes);

        var input = new Dictionary<string, Tensor> { ["tokens"] = new([2, 3], [0, 8, 1, 2, 2, 2]) };
        var output = Open(TensorFiles.Torch(tensors), options).Run(input)["y"];
        Assert.Equal([2, 9], output.Shape);
        Assert.Equal(1, output.Values.Take(9).Sum(Math.Exp), 1e-12);
    }

    private static StateDictFile Open(byte[] bytes, StateDictOptions? options = null)
    {
        using var file = new TempFile(bytes);
        return StateDictFile.Open(file.Path, options ?? new StateDictOptions());
    }

    private static Network Understood(byte[] bytes, StateDictOptions options)
    {
        var findings = new Findings();
        var network = Open(bytes, options).Understand(findings);
        Assert.Empty(findings.Problems);
        Assert.NotEmpty(findings.Assumptions);
        return network!;
    }

    private static Tensor Read(SafeTensorsReader reader, string name) =>
        Tensor.Of(SafeTensorsInput.Read(reader, reader.Find(name)!));
}
