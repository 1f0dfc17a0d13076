using FastRnn.Generators.Parsing;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Parsing;

public class ModelParserTests
{
    [Fact]
    public void Attributes_come_in_the_order_of_the_source()
    {
        var model = Pipeline.ModelSpec(Sources.Lstm + Sources.CharModel);

        Assert.Equal(["Embedding", "Layer", "Layer", "Dense", "SoftmaxCrossEntropy"], model.Attributes.Select(i => i.Attribute));
    }

    [Fact]
    public void Attributes_keep_their_arguments()
    {
        var model = Pipeline.ModelSpec(Sources.Projected + """
            [Model, System.Obsolete]
            [FastRnn.OneHot(Vocabulary = 3 + 4)]
            [Layer<Projected>(dimensions: new[] { 6 }, hiddenSize: 5)]
            [Dense(2, Activation = DenseActivation.Tanh)]
            [PyTorchInitialization]
            [MeanSquaredError(Reduction = Reduction.Mean)]
            public sealed partial class M;
            """);

        Assert.Equal(7, Assert.IsType<InputSpec>(model.Attributes[0]).Vocabulary);
        var layer = Assert.IsType<LayerSpec>(model.Attributes[1]);
        Assert.Equal(("Projected", 5, 6), (layer.Cell.FullName, layer.HiddenSize, Assert.Single(layer.Dimensions)));
        Assert.Equal(DenseActivation.Tanh, Assert.IsType<DenseSpec>(model.Attributes[2]).Activation);
        Assert.IsType<PyTorchSpec>(model.Attributes[3]);
        Assert.Equal(Reduction.Mean, Assert.IsType<LossSpec>(model.Attributes[4]).Reduction);
    }

    [Fact]
    public void A_model_may_have_members_in_other_parts()
    {
        var model = Pipeline.ModelSpec(
            "[Model, Input(3), Dense(2)] public sealed partial class M; public sealed partial class M : "
                + "System.ICloneable { public object Clone() => this; }");

        Assert.Equal(2, model.Attributes.Count);
    }
}
