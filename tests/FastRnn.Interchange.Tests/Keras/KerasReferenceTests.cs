using System.Text.Json.Nodes;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Keras;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Networks;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>The network that was understood computes what Keras computed, and what the file computes by its own rules.</summary>
public class KerasReferenceTests
{
    public static IEnumerable<object[]> Models => KerasData.Models.Select(model => new object[] { model });

    [Theory]
    [MemberData(nameof(Models))]
    public void The_network_computes_what_Keras_computed(string model)
    {
        var network = KerasFile.Open(KerasData.PathOf($"{model}.keras")).Understand(new Findings())!;
        var output = Reference(network, KerasData.Input(model));
        Assert.InRange(KerasData.MostDifference(KerasData.Output(model), output), 0, 2e-6);
    }

    [Fact]
    public void Layers_that_go_backwards_compute_the_same_in_any_order()
    {
        for (var directions = 0; directions < 8; directions++)
        {
            Same("keras_lstm_dense", config =>
            {
                KerasData.Layer(config, 1)["config"]!["go_backwards"] = (directions & 1) != 0;
                KerasData.Layer(config, 2)["config"]!["go_backwards"] = (directions & 2) != 0;
                KerasData.Layer(config, 2)["config"]!["return_sequences"] = (directions & 4) != 0;
            });
        }
    }

    [Theory]
    [InlineData("elu")]
    [InlineData("selu")]
    [InlineData("softplus")]
    [InlineData("softsign")]
    [InlineData("exponential")]
    [InlineData("silu")]
    [InlineData("relu6")]
    [InlineData("leaky_relu")]
    [InlineData("hard_tanh")]
    public void Functions_are_the_same(string function) => Same("keras_gru_before", config =>
    {
        KerasData.Layer(config, 1)["config"]!["activation"] = "tanh";
        KerasData.Layer(config, 2)["config"]!["activation"] = function;
        KerasVariants.Insert(config, 2, KerasVariants.Layer("Activation", "between", ("activation", function)));
    });

    [Fact]
    public void Layers_of_functions_scales_and_pools_are_the_same() => Same("keras_lstm_dense", config =>
    {
        KerasVariants.Insert(config, 1, KerasVariants.Layer("Rescaling", "rescaling", ("scale", 0.25)));
        KerasData.Layer(config, 3)["config"]!["return_sequences"] = true;
        KerasVariants.Insert(config, 4, KerasVariants.Layer("LeakyReLU", "leaky"));
        KerasVariants.Insert(config, 5, KerasVariants.Layer("ELU", "elu", ("alpha", 0.7)));
        KerasVariants.Insert(config, 6, KerasVariants.Layer("ReLU", "relu", ("max_value", 0.3)));
        KerasVariants.Insert(config, 7, KerasVariants.Layer("GlobalAveragePooling1D", "pool"));
        KerasData.Layer(config, 8)["config"]!["activation"] = "linear";
        KerasVariants.Insert(config, 9, KerasVariants.Layer("Softmax", "softmax"));
    });

    private static void Same(string model, Action<JsonNode> change)
    {
        var file = KerasData.OpenVariant(model, change);
        var findings = new Findings();
        var network = file.Understand(findings);
        Assert.Empty(findings.Problems);
        var input = KerasData.Input(model);
        Assert.InRange(KerasData.MostDifference(file.Run(KerasData.Ports(input))["0"], Reference(network!, input)), 0, 1e-12);
    }

    // A masked step is as if it were not there: sequences are run one by one without them.
    private static Tensor Reference(Network network, Tensor input)
    {
        if (network.Signature.MaskToken is not { } masked)
            return NetworkReference.Run(network, KerasData.Ports(input))["0"];

        var free = network with { Signature = network.Signature with { MaskToken = null, Steps = null } };
        var outputs = input.Values.Chunk(input.Shape[1]).SelectMany(tokens =>
        {
            double[] real = [.. tokens.Where(t => t != masked)];
            return NetworkReference.Run(free, KerasData.Ports(new Tensor([1, real.Length], real)))["0"].Values;
        }).ToArray();
        return new Tensor([input.Shape[0], outputs.Length / input.Shape[0]], outputs);
    }
}
