using System.Text.Json.Nodes;

using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>What declarations say in other words, and what is not understood.</summary>
public class KerasDialectTests
{
    [Fact]
    public void Two_recurrent_layers_behind_a_mask_are_understood_until_Keras_3_15()
    {
        var findings = new Findings();
        var network = KerasData.OpenVariant("keras_lstm_dense", KerasVariants.InsertMasking, "3.15.1").Understand(findings)!;
        Assert.Equal(0, network.Signature.MaskValue);
        Assert.Equal(2, findings.Assumptions.Count(a => a.Contains("sees the mask", StringComparison.Ordinal)));

        var problem = Assert.Single(Problems("keras_lstm_dense", KerasVariants.InsertMasking, "3.16.0"));
        Assert.Contains("lstm_1", problem, StringComparison.Ordinal);
        Assert.Contains("3.16.0 does not pass a mask on behind a recurrent layer", problem, StringComparison.Ordinal);
        Assert.Contains(
            Problems("keras_lstm_dense", KerasVariants.InsertMasking, version: null),
            p => p.Contains("does not say its version", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mask_that_another_layer_made_is_not_understood()
    {
        var masking = KerasVariants.Layer("Masking", "masking", ("mask_value", 0.0));
        Assert.Contains(
            Problems("keras_lstm_dense", config => KerasVariants.Insert(config, 2, masking), "3.15.1"),
            p => p.Contains("only steps of the input are masked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mask_value_is_compared_in_single_precision()
    {
        var file = KerasData.OpenVariant(
            "keras_lstm_dense", config => KerasVariants.Insert(config, 1, KerasVariants.Layer("Masking", "masking", ("mask_value", -0.1))),
            "3.15.1");
        using var imported = new Import.Imported(ForeignNetwork.Of("model.keras", file));
        Assert.Equal(-0.1f, imported.Foreign.Network.Signature.MaskValue);
        Assert.Empty(imported.Differences());
    }

    [Fact]
    public void A_second_layer_that_goes_backwards_turns_the_steps_back()
    {
        var network = Understand("keras_lstm_dense", config =>
        {
            KerasData.Layer(config, 1)["config"]!["go_backwards"] = true;
            KerasData.Layer(config, 2)["config"]!["go_backwards"] = true;
            KerasData.Layer(config, 2)["config"]!["return_sequences"] = true;
        });
        Assert.Equal([true, false], network.Recurrent.Select(l => l.Directions[0].Backward));
        Assert.False(network.Signature.OutputReversed);
    }

    [Fact]
    public void A_forward_layer_behind_one_that_goes_backwards_reads_from_the_end_too()
    {
        var network = Understand("keras_lstm_dense", config =>
        {
            KerasData.Layer(config, 1)["config"]!["go_backwards"] = true;
            KerasData.Layer(config, 2)["config"]!["return_sequences"] = true;
        });
        Assert.Equal([true, true], network.Recurrent.Select(l => l.Directions[0].Backward));
        Assert.True(network.Signature.OutputReversed);
    }

    [Fact]
    public void Layers_for_training_leave_no_trace()
    {
        var network = Understand("keras_lstm_dense", config =>
        {
            KerasVariants.Insert(config, 3, KerasVariants.Layer("Dropout", "dropout", ("rate", 0.5)));
            KerasVariants.Insert(config, 1, KerasVariants.Layer("GaussianNoise", "noise", ("stddev", 0.1)));
            KerasData.Layer(config, 2)["config"]!["recurrent_dropout"] = 0.3;
        });
        Assert.Equal(5, network.Layers.Count);
    }

    [Fact]
    public void Scales_functions_and_pools_are_understood()
    {
        var network = Understand("keras_lstm_dense", config =>
        {
            KerasVariants.Insert(config, 1, KerasVariants.Layer("Rescaling", "rescaling", ("scale", 0.25), ("offset", 0.0)));
            KerasData.Layer(config, 3)["config"]!["return_sequences"] = true;
            KerasVariants.Insert(config, 4, KerasVariants.Layer("LeakyReLU", "leaky", ("negative_slope", 0.1)));
            KerasVariants.Insert(config, 5, KerasVariants.Layer("ReLU", "relu", ("max_value", 6.0)));
            KerasVariants.Insert(config, 6, KerasVariants.Layer("GlobalMaxPooling1D", "pool"));
        });
        Assert.Collection(
            network.Layers,
            l => Assert.Equal(0.25, Assert.IsType<ScaleLayer>(l).Factor),
            l => Assert.IsType<RecurrentLayer>(l),
            l => Assert.IsType<RecurrentLayer>(l),
            l => Assert.Equal(new FunctionUse(FunctionKind.LeakyRelu, 0.1), Assert.IsType<FunctionLayer>(l).Function),
            l => Assert.Equal(new FunctionUse(FunctionKind.HardTanh, 0, 6), Assert.IsType<FunctionLayer>(l).Function),
            l => Assert.Equal(Pooling.Max, Assert.IsType<PoolLayer>(l).Pooling),
            l => Assert.IsType<DenseLayer>(l),
            l => Assert.IsType<SoftmaxLayer>(l));
    }

    [Fact]
    public void Stateful_layers_and_mixed_policies_are_assumptions()
    {
        var findings = new Findings();
        var file = KerasData.OpenVariant("keras_lstm_dense", config =>
        {
            KerasData.Layer(config, 1)["config"]!["stateful"] = true;
            KerasData.Layer(config, 3)["config"]!["dtype"]!["config"]!["name"] = "mixed_float16";
        });
        Assert.NotNull(file.Understand(findings));
        Assert.Contains(findings.Assumptions, a => a.Contains("'lstm' (LSTM) is stateful", StringComparison.Ordinal));
        Assert.Contains(findings.Assumptions, a => a.Contains("'dense' (Dense)", StringComparison.Ordinal) && a.Contains("mixed_float16"));
    }

    [Fact]
    public void All_that_is_not_understood_is_told_at_once()
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasData.Layer(config, 1)["config"]!["return_state"] = true;
            KerasData.Layer(config, 2)["config"]!["activation"] = "gelu";
            KerasData.Layer(config, 2)["config"]!["recurrent_activation"] = new JsonObject
            {
                ["module"] = "builtins",
                ["class_name"] = "function",
                ["config"] = "my_gate",
                ["registered_name"] = "my_gate",
            };
            KerasVariants.Insert(config, 3, KerasVariants.Layer("Flatten", "flatten"));
            var custom = KerasVariants.Layer("Attention", "mine");
            (custom["module"], custom["registered_name"]) = ("my_package", "my_package>Attention");
            KerasVariants.Insert(config, 4, custom);
        });
        foreach (var part in new[] { "return_state", "'gelu'", "my_gate (custom)", "'flatten' (Flatten)", "'mine' (Attention)" })
            Assert.Contains(problems, p => p.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_of_a_user_called_LSTM_is_no_LSTM()
    {
        var problems = Problems("keras_lstm_dense", config =>
        {
            KerasData.Layer(config, 1)["module"] = "my_package";
            KerasData.Layer(config, 1)["registered_name"] = "my_package>LSTM";
        });
        Assert.Contains(problems, p => p.Contains("a class of a user", StringComparison.Ordinal));
    }

    [Fact]
    public void Tensors_that_no_layer_has_are_problems()
    {
        var problems = Problems("keras_lstm_dense", config => config["config"]!["layers"]!.AsArray().RemoveAt(3));
        Assert.Equal(2, problems.Count(p => p.Contains("/layers/dense/vars/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Numbers_that_were_arrays_are_numbers()
    {
        var network = Understand("keras_lstm_dense", config =>
        {
            var scale = JsonNode.Parse("""{"class_name": "__tensor__", "config": {"value": 0.5, "dtype": "float32"}}""");
            KerasVariants.Insert(config, 1, KerasVariants.Layer("Rescaling", "rescaling", ("scale", scale)));
        });
        Assert.Equal(0.5, Assert.IsType<ScaleLayer>(network.Layers[0]).Factor);
    }

    [Theory]
    [InlineData("units", 7, "expected [4, 28], got [4, 24]")]
    [InlineData("use_bias", false, "expected 2 tensors (kernel, recurrent_kernel), got 3")]
    public void Options_that_the_weights_do_not_fit_are_problems(string option, object value, string message)
    {
        var problems = Problems(
            "keras_lstm_dense",
            config => KerasData.Layer(config, 1)["config"]![option] = value is int number ? number : (bool)value);
        Assert.Contains(problems, p => p.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mul")]
    [InlineData("ave")]
    [InlineData(null)]
    public void Merges_other_than_concat_and_sum_are_problems(string? merge)
    {
        var problems = Problems("keras_bilstm", config => KerasData.Layer(config, 2)["config"]!["merge_mode"] = merge);
        Assert.Contains(problems, p => p.Contains("merge_mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Keras_2_declares_one_layer_of_a_Bidirectional_and_the_input_in_the_first_layer()
    {
        var network = Understand("keras_bilstm", config =>
        {
            KerasData.Layer(config, 1)["config"]!.AsObject().Remove("backward_layer");
            KerasData.Layer(config, 1)["config"]!["batch_input_shape"] = new JsonArray(5, null, 4);
            config["config"]!["layers"]!.AsArray().RemoveAt(0);
        });
        Assert.Equal([false, true], network.Recurrent[0].Directions.Select(d => d.Backward));
        Assert.Equal(5, network.Signature.Batch);
        Assert.Null(network.Signature.Steps);
    }

    private static Network Understand(string model, Action<JsonNode> change)
    {
        var findings = new Findings();
        var network = KerasData.OpenVariant(model, change).Understand(findings);
        Assert.Empty(findings.Problems);
        return network!;
    }

    private static IReadOnlyList<string> Problems(string model, Action<JsonNode> change, string? version = "3.16.0")
    {
        var findings = new Findings();
        Assert.Null(KerasData.OpenVariant(model, change, version).Understand(findings));
        return findings.Problems;
    }
}
