using FastRnn.Interchange.Audio;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Audio;

public class NamFileTests
{
    [Theory]
    [InlineData(1, 70)]
    [InlineData(2, 160)]
    public void Weights_are_where_they_should_be(int layers, int count)
    {
        var model = AudioJson.Open(AudioJson.Nam(3, layers, count));
        var findings = new Findings();
        var network = model.Understand(findings);
        Assert.Empty(findings.Problems);
        Assert.Equal(layers + 1, network!.Layers.Count);
        var (weights, direction) = (model.Tensors[0], network.Recurrent[0].Directions[0]);
        Assert.Equal(weights[12], direction.Gates[1].Input[0, 0]);
        Assert.Equal(weights[16 + 2], direction.Gates[1].Recurrent[1, 1]);
        Assert.Equal(weights[48 + 9], direction.Gates[3].InputBias[0][0]);
        Assert.Equal(weights[60], direction.FirstHidden![0]);
        Assert.Equal(weights[65], direction.FirstCell![2]);
        var head = (DenseLayer)network.Layers[^1];
        Assert.Equal((weights[count - 4], weights[count - 1]), (head.Weight[0, 0], head.Bias[0][0]));
    }

    // One unit; by hand: W rows i f g o of (x, h), then the bias, then h0 and c0, then the head.
    [Fact]
    public void One_unit_begins_with_the_states_of_the_file()
    {
        const string Json = """
            {
              "version": "0.5.2", "architecture": "LSTM", "config": { "input_size": 1, "hidden_size": 1, "num_layers": 1 },
              "weights": [0.5, 0.3, -0.4, 0.6, 0.7, 0.8, 0.2, -0.1, 0.1, 0.2, -0.3, 0.4, 0.25, -0.75, 2, 0.5]
            }
            """;
        var y = AudioJson.Run(AudioJson.Open(Json), 1, -0.5);
        Assert.Equal(0.487501323361, y[0], 1e-9);
        Assert.Equal(0.195377421020, y[1], 1e-9);
    }

    [Fact]
    public void A_wrong_number_of_weights_is_a_problem()
    {
        var findings = new Findings();
        Assert.Null(AudioJson.Open(AudioJson.Nam(3, 1, 71)).Understand(findings));
        Assert.Contains("expected 70 numbers", Assert.Single(findings.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WaveNet")]
    [InlineData("ConvNet")]
    [InlineData("Linear")]
    public void Other_architectures_are_refused_by_name(string architecture)
    {
        var message = Assert.Throws<ForeignFileException>(() => AudioJson.Open(AudioJson.Nam(3, 1, 70, architecture))).Message;
        Assert.Contains($"'{architecture}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_model_of_a_container_is_taken_unless_another_is_chosen()
    {
        var json = $$"""
            {
              "version": "0.7.0", "architecture": "SlimmableContainer", "weights": [], "sample_rate": 48000,
              "config": { "submodels": [
                { "max_value": 0.5, "model": {{AudioJson.Nam(2, 1, 39)}} }, { "max_value": 1.0, "model": {{AudioJson.Nam(3, 1, 70)}} } ] }
            }
            """;
        var findings = new Findings();
        Assert.Equal(3, AudioJson.Open(json).Understand(findings)!.Recurrent[0].HiddenSize);
        Assert.Contains(findings.Assumptions, a => a.Contains("(LSTM, up to size 0.5)", StringComparison.Ordinal));
        Assert.Equal(2, AudioJson.Open(json, new AudioOptions { Submodel = 0 }).Understand(new Findings())!.Recurrent[0].HiddenSize);
    }

    [Theory]
    [InlineData("0.5.4", "0.4.9", "0.4.9")]
    [InlineData("\"num_layers\"", "\"head_scale\": 0.02, \"num_layers\"", "head_scale")]
    public void Other_versions_and_settings_are_problems(string old, string replaced, string expected)
    {
        var findings = new Findings();
        Assert.Null(AudioJson.Open(AudioJson.Nam(3, 1, 70).Replace(old, replaced, StringComparison.Ordinal)).Understand(findings));
        Assert.Contains(findings.Problems, p => p.Contains(expected, StringComparison.Ordinal));
    }
}
