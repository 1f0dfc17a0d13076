using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>What network a file of Keras is.</summary>
public class KerasUnderstandTests
{
    [Fact]
    public void Two_LSTMs_and_a_Dense_with_softmax()
    {
        var network = Read("keras_lstm_dense.keras", out var findings);
        Assert.Empty(findings.Assumptions);
        Assert.Collection(
            network.Layers,
            l => IsRecurrent(l, "lstm", RecurrentKind.Lstm, 4, 6),
            l => IsRecurrent(l, "lstm_1", RecurrentKind.Lstm, 6, 5),
            l => Assert.Equal(Pooling.Last, Assert.IsType<PoolLayer>(l).Pooling),
            l => Assert.Equal(FunctionUse.Identity, Assert.IsType<DenseLayer>(l).Function),
            l => Assert.False(Assert.IsType<SoftmaxLayer>(l).IsLog));
        Assert.Equal(4, network.InputSize);
        Assert.Equal([Axis.Batch, Axis.Time, Axis.Feature], network.Signature.Input.Axes);
        Assert.Equal([Axis.Batch, Axis.Feature], network.Signature.Output.Axes);
        Assert.Equal(7, network.Signature.Steps);
        Assert.Null(network.Signature.Batch);
        Assert.Equal(8, findings.Uses.Count);
    }

    [Fact]
    public void Gates_of_an_LSTM_are_columns_of_its_kernels_in_the_order_i_f_c_o()
    {
        var network = Read("keras_lstm_dense.keras", out _);
        var gates = network.Recurrent[0].Directions[0].Gates;
        Assert.Equal(["i", "f", "g", "o"], gates.Select(g => g.Gate));
        for (var k = 0; k < 4; k++)
        {
            var (input, bias) = (gates[k].Input, gates[k].InputBias[0]);
            Assert.Equal([6, 4], new[] { input.Rows, input.Columns });

            // Row 2 of the gate, column 3: the file's row 3, column 6 k + 2 of 24.
            Assert.Equal(input.Tensor[(3 * 24) + (6 * k) + 2], input[2, 3]);
            Assert.Equal(bias.Tensor[(6 * k) + 5], bias[5]);
            Assert.Empty(gates[k].RecurrentBias);
        }
    }

    [Fact]
    public void A_GRU_with_reset_after_has_a_bias_inside_of_the_reset()
    {
        var after = Read("keras_gru_after.keras", out _).Recurrent[0];
        Assert.True(after.ResetsAfterProduct);
        var candidate = after.Directions[0].Gates[2];
        Assert.Equal("n", candidate.Gate);
        Assert.Equal(candidate.RecurrentBias[0].Tensor[18 + 12 + 1], candidate.RecurrentBias[0][1]);
        Assert.Equal(candidate.InputBias[0].Tensor[12 + 1], candidate.InputBias[0][1]);

        var before = Read("keras_gru_before.keras", out _).Recurrent[0];
        Assert.False(before.ResetsAfterProduct);
        Assert.All(before.Directions[0].Gates, g => Assert.Empty(g.RecurrentBias));
    }

    [Fact]
    public void A_Bidirectional_has_two_directions_and_ends_with_the_last_step_of_each()
    {
        var network = Read("keras_bilstm.keras", out _);
        Assert.Equal([Merge.Concat, Merge.Sum], network.Recurrent.Select(l => l.Merge));
        Assert.All(network.Recurrent, l => Assert.Equal([false, true], l.Directions.Select(d => d.Backward)));
        Assert.Equal([10, 4], network.Recurrent.Select(l => l.OutputSize));
        Assert.Equal(Pooling.Last, Assert.IsType<PoolLayer>(network.Layers[2]).Pooling);
    }

    [Fact]
    public void A_layer_that_goes_backwards_leaves_the_steps_reversed()
    {
        var network = Read("keras_no_bias.keras", out _);
        Assert.True(network.Recurrent[0].Directions[0].Backward);
        Assert.True(network.Signature.OutputReversed);
        Assert.Empty(network.Recurrent[0].Directions[0].Gates[0].InputBias);
        Assert.Empty(Assert.IsType<DenseLayer>(network.Layers[1]).Bias);
    }

    [Fact]
    public void An_Embedding_with_mask_zero_masks_a_token()
    {
        var network = Read("keras_mask.keras", out var findings);
        Assert.Equal(0, network.Signature.MaskToken);
        Assert.Equal(0, network.InputSize);
        Assert.Equal([Axis.Batch, Axis.Time], network.Signature.Input.Axes);
        var table = Assert.IsType<EmbeddingLayer>(network.Layers[0]).Table;
        Assert.Equal([9, 5], new[] { table.Rows, table.Columns });
        Assert.Equal(table.Tensor[(4 * 5) + 2], table[4, 2]);
        Assert.Contains(findings.Assumptions, a => a.Contains("sees the mask", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3.16.0", 1.0 / 6)]
    [InlineData("3.0.0", 1.0 / 6)]
    [InlineData("2.15.0", 0.2)]
    [InlineData("2.2.4-tf", 0.2)]
    public void The_version_tells_which_hard_sigmoid_is_meant(string version, double slope)
    {
        var findings = new Findings();
        var network = KerasData.OpenVariant("keras_hard_sigmoid", _ => { }, version).Understand(findings)!;
        Assert.Equal(new FunctionUse(FunctionKind.HardSigmoid, slope, 0.5), network.Recurrent[0].Directions[0].GateFunction);
        Assert.Contains(findings.Assumptions, a => a.Contains("hard_sigmoid", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Three_formats_are_the_same_network(string model)
    {
        var networks = KerasData.Formats.Select(format => Read(model + format, out _)).ToList();
        var first = networks[0];
        foreach (var other in networks.Skip(1))
        {
            Assert.Equal(first.Layers.Select(l => (l.GetType(), l.Name)), other.Layers.Select(l => (l.GetType(), l.Name)));
            Assert.Equal(first.Signature.Input.Axes, other.Signature.Input.Axes);
            Assert.Equal(first.Signature.Output.Axes, other.Signature.Output.Axes);
            Assert.Equal(first.Signature.OutputReversed, other.Signature.OutputReversed);
            Assert.Equal(first.Signature.MaskToken, other.Signature.MaskToken);
            Assert.Equal(Views(first).Select(Numbers), Views(other).Select(Numbers));
        }
    }

    public static IEnumerable<object[]> Models => KerasData.Models.Select(model => new object[] { model });

    private static Network Read(string file, out Findings findings)
    {
        findings = new Findings();
        var network = KerasFile.Open(KerasData.PathOf(file)).Understand(findings);
        Assert.Empty(findings.Problems);
        return network!;
    }

    private static void IsRecurrent(NetworkLayer layer, string name, RecurrentKind kind, int inputs, int units)
    {
        var recurrent = Assert.IsType<RecurrentLayer>(layer);
        Assert.Equal((name, kind, inputs, units), (recurrent.Name, recurrent.Kind, recurrent.InputSize, recurrent.HiddenSize));
        Assert.Equal(FunctionUse.Sigmoid, recurrent.Directions[0].GateFunction);
        Assert.Equal(FunctionUse.Tanh, recurrent.Directions[0].CandidateFunction);
    }

    private static IEnumerable<WeightView> Views(Network network) => network.Layers.SelectMany(layer => layer switch
    {
        RecurrentLayer recurrent => recurrent.Directions.SelectMany(d => d.Gates)
            .SelectMany(g => (WeightView[])[g.Input, g.Recurrent, .. g.InputBias, .. g.RecurrentBias]),
        DenseLayer dense => [dense.Weight, .. dense.Bias],
        EmbeddingLayer embedding => [embedding.Table],
        _ => Enumerable.Empty<WeightView>(),
    });

    private static float[] Numbers(WeightView view)
    {
        var numbers = new float[view.Count];
        view.CopyTo(numbers);
        return numbers;
    }
}
