using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Analysis;

public class ModelAnalyzerTests
{
    [Fact]
    public void Several_inputs_stand_side_by_side_and_their_tables_before_all_layers()
    {
        var model = Pipeline.Model(
            Sources.Elman + """
            [Model, Embedding(Vocabulary = 7, Size = 4), Input(3), OneHot(Vocabulary = 5), Embedding(Vocabulary = 3, Size = 6)]
            [Layer<Elman>(2)] public sealed partial class M;
            """);

        Assert.Equal((InputKind.Mixed, 18, 0, 18), (model.Input, model.InputSize, model.Vocabulary, model.Layers[0].InputSize));
        Assert.Equal(
            [new(InputKind.Embedding, 4, 7), new(InputKind.Vector, 3, 0), new(InputKind.OneHot, 5, 5), new(InputKind.Embedding, 6, 3)],
            model.Inputs);
        Assert.Equal(["embedding0.weight", "embedding1.weight"], model.Tables().Select(table => table.Name));
        Assert.Equal((7 * 4) + (3 * 6), model.TableCount);
    }

    [Fact]
    public void The_tables_of_an_encoder_with_several_inputs_come_behind_those_of_the_decoder()
    {
        var model = Pipeline.Model(
            Sources.Elman + """
            [Model, Encoder, Input(2), Embedding(Vocabulary = 6, Size = 3), Layer<Elman>(4)]
            [Decoder, Embedding(Vocabulary = 5, Size = 3), OneHot(Vocabulary = 4), Layer<Elman>(4)] public sealed partial class M;
            """);

        Assert.Equal((InputKind.Mixed, 5), (model.Source!.Input, model.Source.InputSize));
        Assert.Equal(["decoder.embedding.weight", "encoder.embedding.weight"], model.Tables().Select(table => table.Name));
    }

    [Fact]
    public void A_layer_reads_what_the_layer_below_returns_first()
    {
        var model = Pipeline.Model(Sources.Projected + Sources.Elman + """
            [Model, Input(3), Layer<Projected>(5, 7), Layer<Elman>(4), Dense(6, Activation = DenseActivation.Relu), Layer<Elman>(2)]
            public sealed partial class M;
            """);

        Assert.Equal([3, 7, 4, 6], model.Layers.Select(l => l.InputSize));
        Assert.Equal([7, 4, 6, 2], model.Layers.Select(l => l.OutputSize));
        Assert.Equal([false, false, true, false], model.Layers.Select(l => l.IsDense));
        Assert.Equal(DenseActivation.Relu, model.Layers[2].DenseActivation);
        Assert.Equal(
            (InputKind.Vector, 3, 0, LossKind.None, Reduction.Sum),
            (model.Input, model.InputSize, model.Vocabulary, model.Loss, model.Reduction));
    }

    [Fact]
    public void The_character_model_is_as_it_was_declared()
    {
        var model = Pipeline.Model("namespace Some;\n" + Sources.Lstm + Sources.CharModel);

        Assert.Equal(("Some", "CharModel", "public"), (model.Namespace, model.Name, model.Accessibility));
        Assert.Equal((InputKind.Embedding, 64, 65), (model.Input, model.InputSize, model.Vocabulary));
        Assert.Equal(["Some.Lstm", "Some.Lstm", "Dense"], model.Layers.Select(l => l.Cell.TypeName));
        Assert.Equal(
            (LossKind.SoftmaxCrossEntropy, Reduction.Sum, false, false),
            (model.Loss, model.Reduction, model.SoftmaxOutput, model.PyTorchInitialization));
    }

    [Fact]
    public void One_hot_tokens_are_vectors_as_long_as_the_vocabulary()
    {
        var model = Pipeline.Model("[Model, OneHot(Vocabulary = 9), Dense(2)] public sealed partial class M;");

        Assert.Equal((InputKind.OneHot, 9, 9, 9), (model.Input, model.InputSize, model.Vocabulary, model.Layers[0].InputSize));
    }

    [Fact]
    public void A_dense_layer_without_a_bias_is_its_matrix()
    {
        var layer = Pipeline.Model(
            "[Model, Input(3), Dense(2, Bias = false, Activation = DenseActivation.Tanh)] public sealed partial class M;").Layers[0];

        Assert.Equal(DenseGraph.Create(DenseActivation.Tanh, hasBias: false), layer.Cell);
        Assert.Equal((6, "Dense.Tanh"), (layer.ParameterCount, layer.CellName));
    }

    [Fact]
    public void Softmax_belongs_to_the_model_and_not_to_the_graph()
    {
        var model = Pipeline.Model(
            "[Model, Input(3), Dense(2, Activation = DenseActivation.Softmax), PyTorchInitialization] public sealed partial class M;");

        Assert.True(model.SoftmaxOutput);
        Assert.True(model.PyTorchInitialization);
        Assert.Equal(DenseActivation.Linear, model.Layers[0].DenseActivation);
        Assert.Equal(DenseGraph.Create(DenseActivation.Linear), model.Layers[0].Cell);
        Assert.False(model.LogSoftmaxOutput);
    }

    [Fact]
    public void So_does_its_logarithm()
    {
        var model = Pipeline.Model("[Model, Input(3), Dense(2, Activation = DenseActivation.LogSoftmax)] public sealed partial class M;");

        Assert.Equal((false, true), (model.SoftmaxOutput, model.LogSoftmaxOutput));
        Assert.Equal(DenseGraph.Create(DenseActivation.Linear), model.Layers[0].Cell);
    }

    [Theory]
    [InlineData(DenseActivation.Linear, "Add(W[x], b)", "y = W * x + b")]
    [InlineData(DenseActivation.Tanh, "Tanh(Add(W[x], b))", "y = Tanh(W * x + b)")]
    [InlineData(DenseActivation.Sigmoid, "Sigmoid(Add(W[x], b))", "y = Sigmoid(W * x + b)")]
    [InlineData(DenseActivation.LeakyRelu, "LeakyRelu(Add(W[x], b))", "y = LeakyRelu(W * x + b)")]
    [InlineData(DenseActivation.Softplus, "Softplus(Add(W[x], b))", "y = Softplus(W * x + b)")]
    [InlineData(DenseActivation.HardSigmoid, "HardSigmoid(Add(W[x], b))", "y = HardSigmoid(W * x + b)")]
    [InlineData(DenseActivation.HardTanh, "HardTanh(Add(W[x], b))", "y = HardTanh(W * x + b)")]
    public void A_dense_layer_is_a_cell_whose_state_is_not_read_back(DenseActivation activation, string formula, string equation)
    {
        var graph = DenseGraph.Create(activation);

        Assert.Equal(formula, Pipeline.Formula(graph, graph.NewStates[0]));
        Assert.Equal(new Equation(equation, graph.NewStates[0]), Assert.Single(graph.Equations));
        Assert.Equal("y", graph.Nodes[graph.NewStates[0]].Name);
        Assert.Equal(["weight: W", "bias: b"], graph.Tensors.Select(t => $"{t.Name}: {string.Join('+', t.Parts)}"));
        Assert.DoesNotContain(graph.Nodes, n => n.Operation == Operation.State);
    }
}
