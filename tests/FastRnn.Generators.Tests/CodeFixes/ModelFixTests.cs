using FastRnn.CodeFixes;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.CodeFixes;

public class ModelFixTests
{
    [Theory]
    [InlineData("[Model, Dense(3), Input(2)]", "[Model, Input(2), Dense(3)]")]
    [InlineData("[Model, MeanSquaredError]\n[Input(2), Layer<Elman>(3)]\n[Dense(3)]",
        "[Model, Input(2)]\n[Layer<Elman>(3), Dense(3)]\n[MeanSquaredError]")]
    [InlineData(
        "/// <summary>Text.</summary>\n[Model]\n[Layer<Elman>(3)] // memory\n// what it reads\n[Embedding(Vocabulary = 9, Size = 2)]\n"
            + "[Dense(9)]\n",
        "/// <summary>Text.</summary>\n[Model]\n// what it reads\n[Embedding(Vocabulary = 9, Size = 2)]\n[Layer<Elman>(3)] // memory\n"
            + "[Dense(9)]\n")]
    [InlineData(
        "// Text.\n[Layer<Elman>(3)] // memory\n[Model]\n[Input(2)] // numbers\n",
        "// Text.\n[Input(2)] // numbers\n[Model]\n[Layer<Elman>(3)] // memory\n")]
    [InlineData(
        "[Model]\n[Encoder, Layer<Elman>(3), Input(2)]\n[Decoder, MeanSquaredError, Input(2), Layer<Elman>(3), Dense(2)]",
        "[Model]\n[Encoder, Input(2), Layer<Elman>(3)]\n[Decoder, Input(2), Layer<Elman>(3), Dense(2), MeanSquaredError]")]
    [InlineData(
        "[Model]\n[Encoder, Input(2), Layer<Elman>(3), MeanSquaredError]\n[Decoder, Input(2), Layer<Elman>(3), Dense(2)]",
        "[Model]\n[Encoder, Input(2), Layer<Elman>(3), Decoder]\n[Input(2), Layer<Elman>(3), Dense(2), MeanSquaredError]")]
    [InlineData(
        "[Model, System.Obsolete]\n[FastRnn.DenseAttribute(3)]\n[PyTorchInitialization]\n[InputAttribute(2)]\n",
        "[Model, System.Obsolete]\n[InputAttribute(2)]\n[PyTorchInitialization]\n[FastRnn.DenseAttribute(3)]\n")]
    public Task Attributes_stand_in_the_order_of_the_data(string before, string after) =>
        FixCase.Turns(new OrderFix(), "FRNN043", Model(before), Model(after), "Put the attributes into the order of the data");

    [Theory]
    [InlineData("FRNN041", "[Model, Input(3), Input(4), Dense(3)]", "[Model, Input(3), Dense(3)]", "Remove [Input]")]
    [InlineData("FRNN044", "[Model, Input(3), Dense(3)]\n[MeanSquaredError]\n[SoftmaxCrossEntropy]\n",
        "[Model, Input(3), Dense(3)]\n[MeanSquaredError]\n", "Remove [SoftmaxCrossEntropy]")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3, Activation = DenseActivation.Tanh), SoftmaxCrossEntropy]",
        "[Model, Input(3), Dense(3), SoftmaxCrossEntropy]", "Remove Activation")]
    [InlineData("FRNN051", "[Model, Input(3), Dense(3, Activation = DenseActivation.Softmax), Dense(2)]",
        "[Model, Input(3), Dense(3), Dense(2)]", "Remove Activation")]
    [InlineData(
        "FRNN069", "[Model, Input(3), Condition(2, ConditionTarget.State), Layer<Elman>(3, InitialState = InitialState.Learned), Dense(2)]",
        "[Model, Input(3), Condition(2, ConditionTarget.State), Layer<Elman>(3), Dense(2)]", "Remove InitialState")]
    [InlineData(
        "FRNN070", "[Model, Input(3), Layer<Elman>(3, Merge = Merge.Sum, RecurrentDropout = 0.5)]",
        "[Model, Input(3), Layer<Elman>(3, RecurrentDropout = 0.5)]", "Remove Merge")]
    [InlineData(
        "FRNN070", "[Model, Input(3), Layer<Elman>(3, Zoneout = 0.1, StateZoneout = new[] { 0.5 })]",
        "[Model, Input(3), Layer<Elman>(3, StateZoneout = new[] { 0.5 })]", "Remove Zoneout")]
    public Task What_is_too_much_is_removed(string id, string before, string after, string title) =>
        FixCase.Turns(new RemovalFix(), id, Model(before), Model(after), title);

    private static string Model(string attributes) => $"{Sources.Elman}{attributes}\npublic sealed partial class Test;\n";
}
