using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Audio;

public class RtNeuralFileTests
{
    private const double First = 0.810574921362;
    private const double Second = 0.413076081803;

    // One unit; by hand from Keras' formulas, gates i f c o, and a dense layer 2 h + 0.5.
    private const string OneUnit = """
        {
          "in_shape": [null, null, 1], GAINS
          "layers": [
            { "type": "lstm", "activation": "", "shape": [null, null, 1],
              "weights": [[[0.5, -0.4, 0.7, 0.2]], [[0.3, 0.6, 0.8, -0.1]], [0.1, 0.2, -0.3, 0.4]] },
            { "type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[2]], [0.5]] }
          ]
        }
        """;

    [Fact]
    public void One_unit_of_an_lstm_follows_the_formulas()
    {
        var y = AudioJson.Run(AudioJson.Open(OneUnit.Replace("GAINS", "", StringComparison.Ordinal)), 1, -0.5);
        Assert.Equal(First, y[0], 1e-9);
        Assert.Equal(Second, y[1], 1e-9);
    }

    [Fact]
    public void AIDA_X_adds_the_input_and_has_gains_in_dB()
    {
        const string Gains = "\"in_skip\": 1, \"in_gain\": 6.0, \"out_gain\": -12.0,";
        var model = AudioJson.Open(OneUnit.Replace("GAINS", Gains, StringComparison.Ordinal));
        var (g, outG) = (1.9952623149688795, 0.251188643150958);
        var plain = AudioJson.Run(AudioJson.Open(OneUnit.Replace("GAINS", "", StringComparison.Ordinal)), g, -0.5 * g);
        var y = AudioJson.Run(model, 1, -0.5);
        Assert.Equal((plain[0] + g) * outG, y[0], 1e-12);
        Assert.Equal((plain[1] - (0.5 * g)) * outG, y[1], 1e-12);

        var network = Understood(model);
        Assert.Equal(
            [typeof(ScaleLayer), typeof(RecurrentLayer), typeof(DenseLayer), typeof(SkipLayer), typeof(ScaleLayer)],
            network.Layers.Select(layer => layer.GetType()));
        Assert.Equal(g, ((ScaleLayer)network.Layers[0]).Factor, 1e-12);
    }

    [Fact]
    public void AIDA_Xs_test_is_taken_without_the_gains()
    {
        const string Gains = """
            "in_gain": 6, "out_gain": -12, "input_batch": [1, -0.5], "output_batch": [0.810574921361612, 0.413076081803058],
            "metadata": { "samplerate": "48000" },
            """;
        var model = AudioJson.Open(OneUnit.Replace("GAINS", Gains, StringComparison.Ordinal));
        Assert.Contains("48000", model.Origin, StringComparison.Ordinal);
        var vector = Assert.Single(model.TestVectors);
        var y = model.Run(vector.Inputs)["y"].Values;
        Assert.Equal(vector.Outputs["y"].Values[0], y[0], 1e-8);
        Assert.Equal(vector.Outputs["y"].Values[1], y[1], 1e-8);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Gates_lie_in_the_columns(string type)
    {
        var model = AudioJson.Open(AudioJson.Keras(type, 2, 3));
        var layer = Understood(model).Recurrent[0];
        Assert.Equal((2, 3, type == "gru"), (layer.InputSize, layer.HiddenSize, layer.ResetsAfterProduct));
        var gate = layer.Directions[0].Gates[1];
        var columns = (int)model.Tensors[0].Shape[1];
        Assert.Equal(model.Tensors[0][columns + 3 + 2], gate.Input[2, 1]);
        Assert.Equal(model.Tensors[1][(2 * columns) + 3], gate.Recurrent[0, 2]);
    }

    [Theory]
    [InlineData("\"type\": \"dense\"", "\"type\": \"conv1d\"", "conv1d")]
    [InlineData("\"activation\": \"tanh\"", "\"activation\": \"relu\"", "'relu'")]
    [InlineData("[null, null, 3]", "[null, null, 4]", "tells 4 numbers")]
    [InlineData("[null, null, 2]", "[null, null, 1]", "[1, 12]")]
    [InlineData("\"activation\": \"\"", "\"activation\": \"gelu\"", "'gelu'")]
    [InlineData("\"layers\"", "\"in_skip\": 2, \"layers\"", "in_skip is 2")]
    [InlineData("\"layers\"", "\"in_gain\": 3, \"layers\"", "knobs")]
    [InlineData("\"activation\": \"\"", "\"activation\": \"softmax\"", "")]
    public void What_does_not_fit_is_a_problem(string old, string replaced, string expected)
    {
        var json = AudioJson.Keras("lstm", 2, 3).Replace(old, replaced, StringComparison.Ordinal);
        var findings = new Findings();
        var network = AudioJson.Open(json).Understand(findings);
        Assert.Equal(expected.Length == 0, network is not null);
        if (expected.Length > 0)
            Assert.Contains(findings.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    private static Network Understood(IForeignModel model)
    {
        var findings = new Findings();
        var network = model.Understand(findings);
        Assert.Empty(findings.Problems);
        Assert.Equal(model.Tensors.Count, findings.Uses.Count);
        return network!;
    }
}
