using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Audio;

public class TorchJsonFileTests
{
    private const string Data = """
        "model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "LSTM", "num_layers": 1, "hidden_size": 4
        """;

    [Fact]
    public void Proteus_adds_the_input()
    {
        var model = AudioJson.Open(AudioJson.Proteus(4, Data));
        var inner = AudioJson.Proteus(4, Data);
        var begin = inner.IndexOf("\"rec.", StringComparison.Ordinal);
        var bare = AudioJson.Open("{" + inner[begin..inner.LastIndexOf('}')]);
        var (y, plain) = (AudioJson.Run(model, 0.5, -0.25), AudioJson.Run(bare, 0.5, -0.25));
        Assert.Equal(plain[0] + 0.5, y[0], 1e-12);
        Assert.Equal(plain[1] - 0.25, y[1], 1e-12);

        var findings = new Findings();
        Assert.IsType<SkipLayer>(model.Understand(findings)!.Layers[^1]);
        Assert.Contains(findings.Assumptions, a => a.Contains("44100", StringComparison.Ordinal));
        Assert.IsType<DenseLayer>(bare.Understand(new Findings())!.Layers[^1]);
    }

    [Fact]
    public void The_input_is_added_where_the_file_says_otherwise_and_that_is_told()
    {
        var findings = new Findings();
        var model = AudioJson.Open(AudioJson.Proteus(4, Data.Replace("\"skip\": 1", "\"skip\": 0", StringComparison.Ordinal)));
        Assert.IsType<SkipLayer>(model.Understand(findings)!.Layers[^1]);
        Assert.Contains(findings.Assumptions, a => a.Contains("although model_data.skip is 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"unit_type\": \"LSTM\"", "\"unit_type\": \"GRU\"", "unit_type")]
    [InlineData("\"hidden_size\": 4", "\"hidden_size\": 5", "hidden_size")]
    [InlineData("\"num_layers\": 1", "\"num_layers\": 2", "num_layers")]
    public void What_the_file_says_of_itself_must_be_true(string old, string replaced, string expected)
    {
        var findings = new Findings();
        Assert.Null(AudioJson.Open(AudioJson.Proteus(4, Data.Replace(old, replaced, StringComparison.Ordinal))).Understand(findings));
        Assert.Contains(findings.Problems, p => p.Contains(expected, StringComparison.Ordinal));
    }
}
