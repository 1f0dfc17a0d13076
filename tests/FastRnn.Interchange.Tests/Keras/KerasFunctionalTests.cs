using System.Text.Json.Nodes;

using FastRnn.Interchange.Files;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>Functional models: chains are understood, everything else is refused by the names of its layers.</summary>
public class KerasFunctionalTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_functional_model_that_is_a_chain_is_the_same_network(bool isThree)
    {
        var file = KerasData.OpenVariant("keras_lstm_dense", isThree ? KerasVariants.MakeFunctional : KerasVariants.MakeFunctional2);
        var output = file.Run(KerasData.Ports(KerasData.Input("keras_lstm_dense")))["0"];
        Assert.InRange(KerasData.MostDifference(KerasData.Output("keras_lstm_dense"), output), 0, 2e-6);
        var findings = new Findings();
        Assert.Equal(5, file.Understand(findings)!.Layers.Count);
        Assert.Empty(findings.Problems);
    }

    [Fact]
    public void A_functional_model_with_a_branch_is_told_by_its_layers()
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasVariants.MakeFunctional(config);
            var call = KerasData.Layer(config, 3)["inbound_nodes"]![0]!;
            call["args"]!.AsArray().Add(KerasVariants.Call("lstm")["args"]![0]!.DeepClone());
        });
        Assert.Contains(problems, p => p.Contains("layer 'dense' (Dense) reads [lstm_1, lstm]", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_inputs_and_outputs_are_listed_with_their_shapes()
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasVariants.MakeFunctional(config);
            config["config"]!["input_layers"] = new JsonArray(new JsonArray("input_layer", 0, 0), new JsonArray("lstm", 0, 0));
            config["config"]!["output_layers"] = new JsonArray(new JsonArray("dense", 0, 0), new JsonArray("lstm_1", 0, 0));
        });
        Assert.Contains(problems, p => p.StartsWith(
            "the model has 2 inputs: 'input_layer' (InputLayer, [?, 7, 4]), 'lstm' (LSTM, [?, 6]); a network reads one",
            StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith(
            "the model has 2 outputs: 'dense' (Dense, [?, 3]), 'lstm_1' (LSTM, [?, 5]); save a model of each one",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Concatenate", "reads [lstm, input_layer]; only chains, whose layers read one other, are understood")]
    [InlineData("Add", "the input added to an output is understood in ONNX files")]
    public void A_layer_that_reads_two_is_named(string className, string expected)
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasVariants.MakeFunctional(config);
            var call = KerasVariants.Call("lstm");
            call["args"]!.AsArray().Add(KerasVariants.Call("input_layer")["args"]![0]!.DeepClone());
            var merge = KerasVariants.Layer(className, "merge");
            merge["inbound_nodes"] = new JsonArray(call);
            KerasVariants.Insert(config, 2, merge);
            KerasData.Layer(config, 3)["inbound_nodes"] = new JsonArray(KerasVariants.Call("merge"));
        });
        Assert.Contains(problems, p => p.StartsWith($"layer 'merge' ({className}) reads", StringComparison.Ordinal)
            && p.Contains(expected, StringComparison.Ordinal));
        Assert.Contains(problems, p => p == $"layer 'merge' ({className}) is not understood");
    }

    [Fact]
    public void A_layer_that_is_shared_is_named()
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasVariants.MakeFunctional(config);
            KerasData.Layer(config, 3)["inbound_nodes"]!.AsArray().Add(KerasVariants.Call("lstm"));
        });
        Assert.Contains(problems, p => p.StartsWith("layer 'dense' (Dense) is called 2 times (shared)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_functional_model_that_reads_itself_is_refused()
    {
        Assert.Throws<ForeignFileException>(() => Problems("keras_lstm_dense", config =>
        {
            KerasVariants.MakeFunctional(config);
            KerasData.Layer(config, 1)["inbound_nodes"] = new JsonArray(KerasVariants.Call("dense"));
        }));
    }

    [Fact]
    public void An_explicit_mask_of_a_functional_model_is_understood()
    {
        var file = KerasData.OpenVariant("keras_mask", config =>
        {
            KerasVariants.MakeFunctional(config);
            var compare = KerasVariants.Layer("NotEqual", "not_equal");
            compare["module"] = "keras.src.ops.numpy";
            compare["inbound_nodes"] = new JsonArray(KerasVariants.Call("input_layer_6", constant: 0));
            KerasVariants.Insert(config, 2, compare);
            KerasData.Layer(config, 3)["inbound_nodes"] = new JsonArray(KerasVariants.Call("embedding", mask: "not_equal"));
        });
        var findings = new Findings();
        Assert.Equal(0, file.Understand(findings)!.Signature.MaskToken);
        var output = file.Run(KerasData.Ports(KerasData.Input("keras_mask")))["0"];
        Assert.InRange(KerasData.MostDifference(KerasData.Output("keras_mask"), output), 0, 2e-6);
    }

    private static IReadOnlyList<string> Problems(string model, Action<JsonNode> change)
    {
        var findings = new Findings();
        Assert.Null(KerasData.OpenVariant(model, change).Understand(findings));
        return findings.Problems;
    }
}
