using FastRnn.Interchange.Keras;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>Running a file by its own rules gives what Keras gave.</summary>
public class KerasRunTests
{
    public static IEnumerable<object[]> AllFiles => KerasData.AllFiles;

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void A_file_runs_as_in_Keras(string model, string format)
    {
        var file = KerasFile.Open(KerasData.PathOf(model + format));
        var output = file.Run(KerasData.Ports(KerasData.Input(model)))["0"];
        Assert.InRange(KerasData.MostDifference(KerasData.Output(model), output), 0, 2e-6);
    }

    [Fact]
    public void An_input_is_left_as_it_was()
    {
        var input = KerasData.Input("keras_lstm_dense");
        var before = input.Values.ToArray();
        KerasFile.Open(KerasData.PathOf("keras_lstm_dense.keras")).Run(KerasData.Ports(input));
        Assert.Equal(before, input.Values);
    }

    [Fact]
    public void Masked_steps_are_as_if_they_were_not_there()
    {
        var file = KerasFile.Open(KerasData.PathOf("keras_mask.keras"));
        var without = file.Run(KerasData.Ports(new Tensor([1, 3], [4, 2, 7])))["0"];
        var with = file.Run(KerasData.Ports(new Tensor([1, 7], [0, 4, 0, 0, 2, 7, 0])))["0"];
        Assert.Equal(without.Values, with.Values);
    }

    [Fact]
    public void A_masked_step_repeats_the_output_before()
    {
        var file = KerasData.OpenVariant("keras_mask", config =>
        {
            KerasData.Layer(config, 2)["config"]!["return_sequences"] = true;
            config["config"]!["layers"]!.AsArray().RemoveAt(3);
        });
        var steps = Rows(file.Run(KerasData.Ports(new Tensor([1, 4], [0, 3, 0, 5])))["0"]);
        Assert.All(steps[0], x => Assert.Equal(0, x));
        Assert.Equal(steps[1], steps[2]);
        Assert.NotEqual(steps[2], steps[3]);
    }

    [Fact]
    public void A_Bidirectional_puts_out_0_at_masked_steps()
    {
        var file = KerasData.OpenVariant("keras_bilstm", config =>
        {
            KerasVariants.InsertMasking(config);
            config["config"]!["layers"]!.AsArray().RemoveAt(4);
            config["config"]!["layers"]!.AsArray().RemoveAt(3);
        });
        var (two, four) = (new Tensor([1, 2, 4]), new Tensor([1, 4, 4]));
        for (var i = 0; i < 8; i++)
            two.Values[i] = four.Values[i < 4 ? 4 + i : 8 + i] = 0.1 * (i + 1);
        var (without, with) = (Rows(file.Run(KerasData.Ports(two))["0"]), Rows(file.Run(KerasData.Ports(four))["0"]));
        Assert.All((double[])[.. with[0], .. with[2]], x => Assert.Equal(0, x));
        Assert.Equal(without[0], with[1]);
        Assert.Equal(without[1], with[3]);
    }

    [Theory]
    [InlineData("3.15.1", true)]
    [InlineData("3.16.0", false)]
    public void The_second_layer_sees_the_mask_until_Keras_3_15(string version, bool seesMask)
    {
        // A Masking layer before both LSTMs; a step of zeros at the end.
        var file = KerasData.OpenVariant("keras_lstm_dense", KerasVariants.InsertMasking, version);
        var (two, three) = (new Tensor([1, 2, 4]), new Tensor([1, 3, 4]));
        for (var i = 0; i < two.Count; i++)
            two.Values[i] = three.Values[i] = 0.1 * (i + 1);
        var (without, with) = (file.Run(KerasData.Ports(two))["0"], file.Run(KerasData.Ports(three))["0"]);
        Assert.Equal(seesMask, without.Values.SequenceEqual(with.Values));
    }

    [Fact]
    public void Deflated_archives_are_read()
    {
        var file = KerasData.OpenVariant("keras_lstm_dense", _ => { });
        var output = file.Run(KerasData.Ports(KerasData.Input("keras_lstm_dense")))["0"];
        Assert.InRange(KerasData.MostDifference(KerasData.Output("keras_lstm_dense"), output), 0, 2e-6);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused()
    {
        var file = KerasFile.Open(KerasData.PathOf("keras_lstm_dense.keras"));
        var wrong = Assert.Throws<ForeignFileException>(() => file.Run(KerasData.Ports(new Tensor([1, 2, 5]))));
        Assert.Contains("expected 4 inputs, got 5", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<ForeignFileException>(() => file.Run(KerasData.Ports(new Tensor([2]))));
        Assert.Throws<ForeignFileException>(() => file.Run(new Dictionary<string, Tensor> { ["x"] = new([1, 2, 4]) }));
        var tokens = KerasFile.Open(KerasData.PathOf("keras_mask.keras"));
        Assert.Throws<ForeignFileException>(() => tokens.Run(KerasData.Ports(new Tensor([1, 2], [3, 9]))));
        Assert.Throws<ForeignFileException>(() => tokens.Run(KerasData.Ports(new Tensor([1, 2], [3, -1]))));
    }

    private static double[][] Rows(Tensor tensor) => [.. tensor.Values.Chunk(tensor.Shape[^1])];
}
