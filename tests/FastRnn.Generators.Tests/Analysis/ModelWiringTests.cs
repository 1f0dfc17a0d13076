using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Analysis;

/// <summary>What each attribute becomes: a line for each layer, with its time where that is not the main one, its sources (negative ones
/// are the inputs of LayerWiring), the size of its output and the starts of its states.</summary>
public class ModelWiringTests
{
    private const string Cells = Sources.Elman + Sources.Lstm;

    [Fact]
    public void A_layer_of_a_chain_reads_the_one_before() => Check(
        "Input(3), Layer<Elman>(4, RecurrentDropout = 0, InitialState = InitialState.Zero), Layer<Lstm>(5), Dense(2)",
        "0 Elman of -1: 4 from Zero", "1 Lstm of 0: 5 from Zero, Zero", "2 Dense of 1: 2");

    [Fact]
    public void Dropout_stands_where_it_was_written() => Check(
        "Input(3), Dropout(0.25), Layer<Elman>(4), Dropout(0.5f), Dropout(0), Dense(2), Dropout(0.125)",
        "0 Dropout of -1: 3 (0.25)", "1 Elman of 0: 4 from Zero", "2 Dropout of 1: 4 (0.5)", "3 Dense of 2: 2",
        "4 Dropout of 3: 2 (0.125)");

    [Fact]
    public void Both_directions_stand_side_by_side() => Check(
        "Input(3), Layer<Elman>(4, Bidirectional = true), Layer<Elman>(5, Bidirectional = true, Merge = Merge.Sum)",
        "0 Elman of -1: 4 from Zero", "1 Reverse of -1: 3", "2 Elman of 1: 4 from Zero", "3 Reverse of 2: 4", "4 Concat of 0, 3: 8",
        "5 Elman of 4: 5 from Zero", "6 Reverse of 4: 8", "7 Elman of 6: 5 from Zero", "8 Reverse of 7: 5", "9 Sum of 5, 8: 5");

    [Theory]
    [InlineData("Mean")]
    [InlineData("Max")]
    [InlineData("Last")]
    public void A_pool_ends_the_time(string pooling) => Check(
        $"Input(3), Layer<Elman>(4), Pool(Pooling.{pooling}), Dropout(0.5), Dense(2)",
        "0 Elman of -1: 4 from Zero", $"1 Pool{pooling} (Single) of 0: 4", "2 Dropout (Single) of 1: 4 (0.5)", "3 Dense (Single) of 2: 2");

    [Theory]
    [InlineData("Pool(Pooling.Last), Dropout(0.5)")]
    [InlineData("Dropout(0.5), Pool(Pooling.Last)")]
    public void The_last_step_of_both_directions_is_of_their_own_time(string pool) => Check(
        $"Input(3), Layer<Elman>(4, Bidirectional = true), {pool}",
        "0 Elman of -1: 4 from Zero", "1 Reverse of -1: 3", "2 Elman of 1: 4 from Zero",
        "3 PoolLast (Single) of 0: 4", "4 PoolLast (Single) of 2: 4", "5 Concat (Single) of 3, 4: 8", "6 Dropout (Single) of 5: 8 (0.5)");

    [Theory]
    [InlineData("Pool(Pooling.Last), Dropout(0.5)")]
    [InlineData("Dropout(0.5), Pool(Pooling.Last)")]
    public void The_last_step_of_a_backward_layer_is_of_its_own_time(string pool) => Check(
        $"Input(3), Layer<Elman>(4, Backward = true), {pool}",
        "0 Reverse of -1: 3", "1 Elman of 0: 4 from Zero", "2 PoolLast (Single) of 1: 4", "3 Dropout (Single) of 2: 4 (0.5)");

    [Fact]
    public void A_backward_layer_reads_its_input_reversed_and_its_output_is_turned_back()
    {
        Check(
            "Input(3), Layer<Elman>(4, Backward = true), Layer<Elman>(5)",
            "0 Reverse of -1: 3", "1 Elman of 0: 4 from Zero", "2 Reverse of 1: 4", "3 Elman of 2: 5 from Zero");
        Check(
            "Encoder, Input(3), Layer<Elman>(4, Backward = true), Decoder, Input(2), Layer<Elman>(4)",
            "0 Reverse (Source) of -2: 3", "1 Elman (Source) of 0: 4 from Zero", "2 Elman of -1: 4 from LastState 1.0");
        Assert.Equal(
            "{0}_l0_reverse", Model("Input(3), Layer<Elman>(4, Backward = true), Layer<Elman>(5)").Layers[1].Wiring.TensorFormat);
    }

    [Fact]
    public void A_function_and_a_factor_stand_where_they_were_written() => Check(
        "Input(3), Scale(-0.5), Layer<Elman>(4), Activation(DenseActivation.Relu), Activation(DenseActivation.Linear), Dense(2), "
            + "Pool(Pooling.Mean), Activation(DenseActivation.HardTanh)",
        "0 Scale of -1: 3 (-0.5)", "1 Elman of 0: 4 from Zero", "2 Activation:Relu of 1: 4", "3 Dense of 2: 2",
        "4 PoolMean (Single) of 3: 2", "5 Activation:HardTanh (Single) of 4: 2");

    [Fact]
    public void A_skip_adds_the_input_as_the_first_layer_reads_it()
    {
        Check(
            "Input(3), Dense(2), Skip, Scale(2), Skip",
            "0 Dense of -1: 2", "1 Skip of 0, -1: 2", "2 Scale of 1: 2 (2)", "3 Skip of 2, -1: 2");
        Check(
            "Input(3), Scale(2), Scale(3), Activation(DenseActivation.Tanh), Layer<Elman>(3), Skip",
            "0 Scale of -1: 3 (2)", "1 Scale of 0: 3 (3)", "2 Activation:Tanh of 1: 3", "3 Elman of 2: 3 from Zero", "4 Skip of 3, 1: 3");
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void A_softmax_at_the_end_has_a_place_of_its_own_and_belongs_to_the_model(string activation)
    {
        var declaration = $"Input(3), Layer<Elman>(4), Activation(DenseActivation.{activation})";
        Check(declaration, "0 Elman of -1: 4 from Zero", "1 Sum of 0: 4");
        var model = Model(declaration);
        Assert.Equal((activation == "Softmax", activation == "LogSoftmax"), (model.SoftmaxOutput, model.LogSoftmaxOutput));
    }

    [Fact]
    public void States_start_as_their_layer_says()
    {
        var model =
            Model("Input(3), Layer<Lstm>(4, InitialState = InitialState.Learned), Layer<Elman>(4, InitialState = InitialState.Random, "
                + "InitialScale = 0.5)");

        Assert.Equal(["0 Lstm of -1: 4 from Learned 12, Learned 13", "1 Elman of 0: 4 from Random 0.5"], model.Layers.Select(Text));
        Assert.Equal(
            [("initial_h", "Hidden", "", Initializer.Zeros), ("initial_c", "Hidden", "", Initializer.Zeros)],
            model.Layers[0].Cell.Parameters.Skip(12).Select(p => (p.Name, p.Rows, p.Columns, p.Initializer)));
    }

    [Fact]
    public void States_are_handed_to_the_layer_at_the_same_place() => Check(
        "Encoder, Input(3), Layer<Lstm>(4), Layer<Elman>(5), Decoder, OneHot(Vocabulary = 6), Layer<Lstm>(4), Layer<Elman>(5)",
        "0 Lstm (Source) of -2: 4 from Zero, Zero", "1 Elman (Source) of 0: 5 from Zero",
        "2 Lstm of -1: 4 from LastState 0.0, LastState 0.1", "3 Elman of 2: 5 from LastState 1.0");

    [Fact]
    public void A_bridge_makes_every_state_from_the_last_output() => Check(
        "Encoder, Input(3), Layer<Elman>(4), Layer<Elman>(5, Bidirectional = true), Decoder(Handover = Handover.Bridge), Input(2), "
            + "Layer<Lstm>(6)",
        "0 Elman (Source) of -2: 4 from Zero", "1 Elman (Source) of 0: 5 from Zero", "2 Reverse (Source) of 0: 4",
        "3 Elman (Source) of 2: 5 from Zero",
        "4 PoolLast (Single) of 1: 5", "5 PoolLast (Single) of 3: 5", "6 Concat (Single) of 4, 5: 10",
        "7 Dense.Tanh (Single) of 6: 6", "8 Dense.Tanh (Single) of 6: 6", "9 Lstm of -1: 6 from Layer 7, Layer 8");

    [Fact]
    public void A_condition_starts_the_states_or_joins_the_first_input()
    {
        Check(
            "Embedding(Vocabulary = 9, Size = 3), Condition(7, ConditionTarget.State), Layer<Elman>(4), Layer<Elman>(5)",
            "0 Dense.Tanh (Single) of -3: 4", "1 Elman of -1: 4 from Layer 0", "2 Dense.Tanh (Single) of -3: 5",
            "3 Elman of 1: 5 from Layer 2");
        Check(
            "Embedding(Vocabulary = 9, Size = 3), Condition(7, ConditionTarget.FirstInput), Layer<Elman>(4)",
            "0 Dense (Single) of -3: 3", "1 AddFirst of -1, 0: 3", "2 Elman of 1: 4 from Zero");
        Assert.Equal(7, Model("Input(3), Condition(7, ConditionTarget.State), Layer<Elman>(4)").ConditionSize);
    }

    [Theory]
    [InlineData("Dot", "1")]
    [InlineData("ScaledDot", "0.5")]
    public void Attention_compares_outputs_themselves_without_a_size(string score, string rate) => Check(
        $"Encoder, Embedding(Vocabulary = 9, Size = 3), Layer<Elman>(4), Dropout(0.5), Decoder, Input(2), Layer<Elman>(4), "
            + $"Attention(AttentionScore.{score}), Dense(5)",
        "0 Embedding (Source) of -2: 3", "1 Elman (Source) of 0: 4 from Zero", "2 Dropout (Source) of 1: 4 (0.5)",
        "3 Elman of -1: 4 from LastState 1.0",
        $"4 DotAttention of 3, 2, 2: 4 ({rate})", "5 Concat of 3, 4: 8", "6 Dense of 5: 5");

    [Theory]
    [InlineData("ScaledDot", "DotAttention of 3, 4, 0: 4 (0.25)")]
    [InlineData("Additive", "AdditiveAttention of 3, 4, 0: 4")]
    public void Attention_projects_both_sides_to_its_size(string score, string attention)
    {
        var declaration =
            $"Encoder, Input(3), Layer<Elman>(4), Decoder(Handover = Handover.Bridge), Input(2), Layer<Elman>(6), "
                + $"Attention(AttentionScore.{score}, 16)";
        var layers = Model(declaration).Layers;
        Check(
            declaration, "0 Elman (Source) of -2: 4 from Zero", "1 PoolLast (Single) of 0: 4", "2 Dense.Tanh (Single) of 1: 6",
            "3 Elman of -1: 6 from Layer 2",
            "4 Dense of 3: 16", "5 Projection (Source) of 0: 16",
            "6 " + attention.Replace("3, 4", "4, 5", StringComparison.Ordinal), "7 Concat of 3, 6: 10");
        Assert.Equal(["W"], layers[5].Cell.Parameters.Select(p => p.Name));
        Assert.Equal(score == "Additive" ? ["v: 16"] : [], layers[6].Cell.Parameters.Select(p => $"{p.Name}: {layers[6].Size(p.Rows)}"));
    }

    [Fact]
    public void The_encoder_has_an_input_of_its_own()
    {
        var model =
            Model("Encoder, Embedding(Vocabulary = 9, Size = 3), Layer<Elman>(4), Decoder, OneHot(Vocabulary = 5), Layer<Elman>(4)");

        Assert.Equal(
            new SourceGraph(InputKind.Embedding, 3, 9) { Inputs = new([new InputGraph(InputKind.Embedding, 3, 9)]) }, model.Source);
        Assert.Equal((InputKind.OneHot, 5, 5), (model.Input, model.InputSize, model.Vocabulary));
        var table = Assert.Single(model.Layers[0].Cell.Parameters);
        Assert.Equal(
            (9, 3, Initializer.Normal), (model.Layers[0].Size(table.Rows), model.Layers[0].Size(table.Columns), table.Initializer));
    }

    [Theory]
    [InlineData("OneHot(Vocabulary = 5), Layer<Elman>(4), Pool(Pooling.Last)", true)]
    [InlineData("OneHot(Vocabulary = 5), Layer<Elman>(4, Bidirectional = true)", false)]
    [InlineData("OneHot(Vocabulary = 5), Dropout(0.5), Layer<Elman>(4)", false)]
    [InlineData("Encoder, OneHot(Vocabulary = 5), Layer<Elman>(4), Decoder, Input(3), Layer<Elman>(4)", false)]
    [InlineData("Embedding(Vocabulary = 5, Size = 2), Layer<Elman>(4), Pool(Pooling.Last)", false)]
    public void Tokens_are_read_by_the_only_reader_of_a_one_hot_input(string declaration, bool expected) =>
        Assert.Equal(expected, Model(declaration).MayReadToken(0));

    private static void Check(string declaration, params string[] layers) => Assert.Equal(layers, Model(declaration).Layers.Select(Text));

    private static ModelGraph Model(string declaration) => Pipeline.Model($"{Cells}[Model, {declaration}] public sealed partial class M;");

    private static string Text(LayerGraph layer, int index)
    {
        var wiring = layer.Wiring;
        var domain = wiring.Domain == TimeDomain.Main ? "" : $" ({wiring.Domain})";
        var starts = wiring.Starts.Count == 0 ? "" : " from " + string.Join(", ", wiring.Starts.Select(Start));
        var activation = layer.DenseActivation != DenseActivation.Linear ? "." + layer.DenseActivation
            : wiring.Activation != DenseActivation.Linear ? ":" + wiring.Activation : "";
        var rate = wiring.Rate == 0 ? "" : $" ({Number(wiring.Rate)})";
        Assert.Equal(wiring.Operation.ToString(), layer.IsKernel ? "Kernel" : layer.Cell.Name);
        return $"{index} {layer.Cell.Name}{activation}{domain} of {string.Join(", ", wiring.Sources)}: {layer.OutputSize}{starts}{rate}";
    }

    private static string Start(StartGraph start) => start.Kind switch
    {
        StartKind.Zero => "Zero",
        StartKind.Random => "Random " + Number(start.Value),
        StartKind.LastState => $"LastState {start.Index}.{start.State}",
        _ => $"{start.Kind} {start.Index}",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
