using FastRnn.Interchange.Audio;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.PyTorch;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Audio;
using FastRnn.Interchange.Tests.Networks;

namespace FastRnn.Interchange.Tests.PyTorch;

/// <summary>What a file is understood as computes what the file computes by its own rules.</summary>
public class AgreementTests
{
    public static TheoryData<string, bool, bool, string, string?> StateDicts => new()
    {
        { "lstm", false, false, "tanh", null },
        { "lstm", true, true, "tanh", "softmax" },
        { "projected", false, false, "tanh", "sigmoid" },
        { "gru", true, false, "tanh", "log_softmax" },
        { "gru", false, true, "tanh", "tanh" },
        { "rnn", true, true, "relu", null },
        { "rnn", false, false, "tanh", "relu" },
    };

    [Theory]
    [MemberData(nameof(StateDicts))]
    public void A_state_dict(string kind, bool batchFirst, bool lastStep, string nonlinearity, string? output)
    {
        var options = new StateDictOptions
        { BatchFirst = batchFirst, LastStep = lastStep, Nonlinearity = nonlinearity, OutputActivation = output };
        using var file = new TempFile(TensorFiles.Torch(Tensors(kind)));
        Compare(StateDictFile.Open(file.Path, options), [5, 4, 3]);
    }

    [Fact]
    public void Tokens()
    {
        NamedTensor[] tensors = [NamedTensor.Of("emb.weight", 6, 3), .. Tensors("gru")];
        using var file = new TempFile(TensorFiles.Torch(tensors));
        Compare(StateDictFile.Open(file.Path, new StateDictOptions()), [5, 4]);
    }

    [Fact]
    public void PyTorchs_bidirectional_lstm()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "pytorch", "torch_bilstm.pt");
        Compare(StateDictFile.Open(path, new StateDictOptions()), [6, 2, 3]);
    }

    [Theory]
    [InlineData("lstm", 1, "\"in_skip\": 1, \"in_gain\": 6, \"out_gain\": -9,")]
    [InlineData("lstm", 2, "\"in_skip\": 1,")]
    [InlineData("gru", 2, "")]
    public void Keras_style(string type, int inputs, string beside) =>
        Compare(AudioJson.Open(AudioJson.Keras(type, inputs, 3, beside)), [2, 5, inputs]);

    [Fact]
    public void Keras_style_with_functions()
    {
        foreach (var function in new[] { "tanh", "relu", "sigmoid", "elu", "softmax" })
        {
            var written = $"\"activation\": \"{function}\"";
            var json = AudioJson.Keras("lstm", 2, 3).Replace("\"activation\": \"\"", written, StringComparison.Ordinal);
            Compare(AudioJson.Open(json), [2, 5, 2]);
        }
    }

    [Fact]
    public void Proteus() => Compare(AudioJson.Open(AudioJson.Proteus(4, "\"skip\": 1")), [2, 5, 1]);

    [Theory]
    [InlineData(1, 70)]
    [InlineData(3, 250)]
    public void Neural_Amp_Modeler(int layers, int count) => Compare(AudioJson.Open(AudioJson.Nam(3, layers, count)), [2, 5, 1]);

    [Fact]
    public void Models_that_are_not_copied()
    {
        if (Environment.GetEnvironmentVariable("FASTRNN_AUDIO_MODELS") is not { } folder)
            return;
        foreach (var path in Directory.GetFiles(folder).Where(name => Path.GetExtension(name) is ".json" or ".nam"))
            Compare(AudioFile.Open(path), [2, 50, 1]);
    }

    private static NamedTensor[] Tensors(string kind)
    {
        var gates = kind switch { "gru" => 3, "rnn" => 1, _ => 4 };
        var (hidden, state) = (4, kind == "projected" ? 2 : 4);
        var tensors = new List<NamedTensor>();
        for (var layer = 0; layer < 2; layer++)
        {
            foreach (var end in new[] { $"l{layer}", $"l{layer}_reverse" })
            {
                tensors.Add(NamedTensor.Of($"rnn.weight_ih_{end}", gates * hidden, layer == 0 ? 3 : 2 * state));
                tensors.Add(NamedTensor.Of($"rnn.weight_hh_{end}", gates * hidden, state));
                tensors.Add(NamedTensor.Of($"rnn.bias_ih_{end}", gates * hidden));
                tensors.Add(NamedTensor.Of($"rnn.bias_hh_{end}", gates * hidden));
                if (kind == "projected")
                    tensors.Add(NamedTensor.Of($"rnn.weight_hr_{end}", state, hidden));
            }
        }

        return [.. tensors, NamedTensor.Of("fc.weight", 3, 2 * state), NamedTensor.Of("fc.bias", 3)];
    }

    private static void Compare(IForeignModel model, int[] shape)
    {
        var findings = new Findings();
        var network = model.Understand(findings);
        Assert.Empty(findings.Problems);
        var random = new Random(6);
        var input = new Tensor(shape);
        for (var i = 0; i < input.Count; i++)
            input.Values[i] = network!.InputSize == 0 ? random.Next(6) : (random.NextDouble() * 2) - 1;

        var inputs = new Dictionary<string, Tensor> { [network!.Signature.Input.Name] = input };
        var expected = NetworkReference.Run(network, inputs);
        var actual = model.Run(inputs);
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal(expected["y"].Shape, actual["y"].Shape);
        for (var i = 0; i < expected["y"].Count; i++)
            Assert.Equal(expected["y"].Values[i], actual["y"].Values[i], 1e-11);
    }
}
