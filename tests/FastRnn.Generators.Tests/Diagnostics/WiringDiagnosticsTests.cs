using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Diagnostics;

public class WiringDiagnosticsTests
{
    [Theory]
    [InlineData("[Model, Input(3), Layer<Elman>(3), [|Output(\"a\")|], Dense(1), Output(\"b\"), Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData("[Model, Input(3), Output(\"a\"), Dense(1), MeanSquaredError, Output([|\"A\"|]), MeanSquaredError] class Wrong;")]
    [InlineData("[Model, Input(3), Output([|\"1\"|]), Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData("[Model, Input(3), Output([|null!|]), Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(1), [|MeanSquaredError|], Output(\"a\"), Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData("[Model, Input(3), Output(\"a\"), Dense(1), MeanSquaredError, [|Huber|]] class Wrong;")]
    [InlineData("[Model, Input(3), Output(\"a\"), Dense(1), [|Layer<Elman>(3)|], MeanSquaredError] class Wrong;")]
    [InlineData(
        "[Model, Input(3), Output(\"a\"), Dense(1), Huber, Output(\"b\"), Dense(1), [|Huber(Reduction = Reduction.Mean)|]] class Wrong;")]
    [InlineData(
        "[Model, Input(3), Output(\"a\"), Dense(1), Huber, [|Output(\"b\")|], Pool(Pooling.Last), Dense(1), Huber] class Wrong;")]
    [InlineData("[Model, Encoder, Input(3), Layer<Elman>(3), [|Output(\"a\")|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    public void Heads_go_together(string source) => Check("FRNN088", source);

    [Theory]
    [InlineData("FRNN043", "[Model, Input(3), Output(\"a\"), Dense(1), [|MeanSquaredError|], Dense(2)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Output(\"a\", Weight = [|0|]), Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData(
        "FRNN063", "[Model, Input(3), Pool(Pooling.Last), Output(\"a\"), [|Pool(Pooling.Last)|], Dense(1), MeanSquaredError] class Wrong;")]
    [InlineData("FRNN059", "[Model, Input(3), Output(\"a\"), Dense(3), [|Quantile(0.1, 0.9)|]] class Wrong;")]
    [InlineData("FRNN050",
        "[Model, Input(3), Output(\"a\"), Dense(3, Activation = [|DenseActivation.Softmax|]), SoftmaxCrossEntropy] class Wrong;")]
    [InlineData("FRNN051",
        "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), Output(\"a\"), Dense(3), MeanSquaredError] class Wrong;")]
    public void Heads_are_lists_of_their_own(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("FRNN061", "[Model, [|Encoder|], Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN061", "[Model, Input(3), [|Decoder|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN061", "[Model, [|Decoder|], Input(3), Layer<Elman>(3), Encoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN061", "[Model, [|Input(2)|], Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN040", "[Model, [|Encoder|], Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN040", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN041", "[Model, Encoder, Input(3), [|Input(3)|], Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN041", "[Model, Input(3), [|Input(4)|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN042",
        "[Model, [|Encoder|], Input(3), Dropout(0.5), Decoder(Handover = Handover.None), Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN042", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder(Handover = Handover.None)|], Input(3)] class Wrong;")]
    [InlineData("FRNN043", "[Model, Encoder, Layer<Elman>(3), [|Input(3)|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN043", "[Model, Encoder, Input(3), Layer<Elman>(3), [|MeanSquaredError|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN043", "[Model, Input(3), Layer<Elman>(3), [|MeanSquaredError|], Dropout(0.5)] class Wrong;")]
    public void Encoder_and_decoder_are_lists_of_their_own(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("FRNN062", "[Model, Input(3), Dropout([|1|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dropout([|-0.1f|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dropout([|double.NaN|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, RecurrentDropout = [|0.999999999|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, Zoneout = [|1|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, Zoneout = [|double.NaN|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, StateZoneout = [|new[] { -0.1 }|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, InitialState = InitialState.Random, InitialScale = [|0|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3, InitialState = InitialState.Random, InitialScale = [|1e300|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Scale([|0|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Scale([|1e-60|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Scale([|double.NaN|]), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Layer<Elman>(3), Scale([|1e39|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = [|1|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = [|-0.1|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = [|double.NaN|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = [|0.999999999|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), Huber(Delta = [|0|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), Huber(Delta = [|-1|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), Huber(Delta = [|double.NaN|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), Huber(Delta = [|double.PositiveInfinity|])] class Wrong;")]
    [InlineData("FRNN062", "[Model, Input(3), Dense(3), Huber(Delta = [|1e-60|])] class Wrong;")]
    [InlineData("FRNN045", "[Model, Input(3), Condition([|0|], ConditionTarget.State), Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN045",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3), Attention(AttentionScore.Dot, "
            + "[|65537|])] class Wrong;")]
    public void Rates_and_sizes_have_a_range(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("[Model, Input(3), Layer<Elman>(3), [|Pool((Pooling)7)|], Dense(2)] class Wrong;")]
    [InlineData("[Model, Input(3), [|Activation((DenseActivation)99)|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Elman>(3, Bidirectional = true, Merge = [|(Merge)7|])] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Elman>(3, InitialState = [|(InitialState)7|])] class Wrong;")]
    [InlineData("[Model, Input(3), [|Condition(2, (ConditionTarget)7)|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder(Handover = (Handover)7)|], Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3), [|Attention((AttentionScore)7)|]] class Wrong;")]
    public void Options_exist(string source) => Check("FRNN052", source);

    [Theory]
    [InlineData("FRNN063", "[Model, Input(3), Pool(Pooling.Last), [|Layer<Elman>(3)|]] class Wrong;")]
    [InlineData(
        "FRNN063", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Pool(Pooling.Mean)|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN063",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3), Pool(Pooling.Max), "
            + "[|Attention(AttentionScore.Dot)|]] class Wrong;")]
    [InlineData("FRNN063", "[Model, Input(3), Layer<Elman>(3), Pool(Pooling.Last), [|Skip|]] class Wrong;")]
    [InlineData("FRNN051",
        "[Model, Input(3), Layer<Elman>(3), Dense(2, Activation = [|DenseActivation.Softmax|]), Pool(Pooling.Last)] class Wrong;")]
    [InlineData("FRNN063", "[Model, Input(3), Layer<Elman>(3), Pool(Pooling.Last), Dense(4), [|Ctc|]] class Wrong;")]
    public void After_a_pool_there_are_no_steps(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("FRNN064", "[Model, Input(3), Layer<Elman>(3), [|Attention(AttentionScore.Dot)|]] class Wrong;")]
    [InlineData("FRNN064",
        "[Model, Encoder, Input(3), Layer<Elman>(3), [|Attention(AttentionScore.Dot)|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN064",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), [|Attention(AttentionScore.Dot)|], Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN065",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3), "
            + "[|Attention(AttentionScore.Additive)|]] class Wrong;")]
    [InlineData(
        "FRNN065",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Dense(4), Decoder, Input(3), Layer<Elman>(3), "
            + "[|Attention(AttentionScore.ScaledDot)|]] class Wrong;")]
    public void Attention_compares_a_layer_with_the_encoder(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("FRNN051", "[Model, Input(3), Layer<Elman>(3), [|Activation(DenseActivation.Softmax)|], Scale(2)] class Wrong;")]
    [InlineData("FRNN051", "[Model, Input(3), Dense(3, Activation = [|DenseActivation.Softmax|]), Skip] class Wrong;")]
    [InlineData("FRNN051", "[Model, Input(3), [|Activation(DenseActivation.LogSoftmax)|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Dense(3), [|Activation(DenseActivation.Softmax)|], MeanSquaredError] class Wrong;")]
    [InlineData("FRNN050", "[Model, Input(3), Layer<Elman>(3), [|Activation(DenseActivation.Relu)|], SoftmaxCrossEntropy] class Wrong;")]
    public void An_activation_goes_with_what_follows(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("[Model, Input(3), [|Skip|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("[Model, Input(3), Scale(2), [|Skip|], Layer<Elman>(3)] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Elman>(4), [|Skip|]] class Wrong;")]
    [InlineData("[Model, Embedding(Vocabulary = 5, Size = 3), Layer<Elman>(3), [|Skip|]] class Wrong;")]
    [InlineData("[Model, OneHot(Vocabulary = 5), Layer<Elman>(3), [|Skip|]] class Wrong;")]
    [InlineData(
        "[Model, Encoder, OneHot(Vocabulary = 5), Layer<Elman>(3), [|Skip|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    public void A_skip_has_something_to_add_and_somewhere_to_add_it(string source) => Check("FRNN057", source);

    [Theory]
    [InlineData("[Model, Input(3), Dense(3), [|Quantile|]] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), [|Quantile(null)|]] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile([|0|], 0.5, 0.9)] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile(0.1f, 0.5f, [|1f|])] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile(0.1, [|double.NaN|], 0.9)] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile(0.1, 0.9, [|0.5|])] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile(0.1, [|0.1|], 0.5)] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile(0.1, [|0.1000000001|], 0.5)] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(3), Quantile([|1e-60|], 0.1, 0.5)] class Wrong;")]
    [InlineData("[Model, Input(3), Dense(4), [|Quantile(0.1, 0.5, 0.9)|]] class Wrong;")]
    [InlineData("[Model, Input(3), Layer<Elman>(2), [|Quantile(0.1, 0.5, 0.9)|]] class Wrong;")]
    public void Quantiles_ascend_between_0_and_1_and_divide_the_outputs(string source) => Check("FRNN059", source);

    [Theory]
    [InlineData("FRNN066", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder|], Input(3), Layer<Elman>(4)] class Wrong;")]
    [InlineData(
        "FRNN066", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder|], Input(3), Layer<Elman>(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN066", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder|], Input(3), Layer<Projected>(3, 3)] class Wrong;")]
    [InlineData("FRNN066",
        "[Model, Encoder, Input(3), Layer<Elman>(3, Bidirectional = true), [|Decoder|], Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN066", "[Model, Encoder, Input(3), Dense(3), [|Decoder(Handover = Handover.Bridge)|], Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN067",
        "[Model, Encoder, Input(3), Layer<Elman>(3), [|Decoder(Handover = Handover.None)|], Input(3), Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN067", "[Model, Encoder, Input(3), Layer<Elman>(3), [|Dense(3)|], Decoder, Input(3), Layer<Elman>(3)] class Wrong;")]
    public void What_the_encoder_says_reaches_the_decoder(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("FRNN068", "[Model, Input(3), Layer<Elman>(3), [|Condition(2, ConditionTarget.State)|]] class Wrong;")]
    [InlineData("FRNN068", "[Model, Input(3), [|Condition(2, ConditionTarget.State)|], Dense(3)] class Wrong;")]
    [InlineData(
        "FRNN068",
        "[Model, Encoder, Input(3), [|Condition(2, ConditionTarget.FirstInput)|], Layer<Elman>(3), Decoder, Input(3), "
            + "Layer<Elman>(3)] class Wrong;")]
    [InlineData(
        "FRNN068",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), [|Condition(2, ConditionTarget.State)|], "
            + "Layer<Elman>(3)] class Wrong;")]
    [InlineData("FRNN069",
        "[Model, Input(3), Condition(2, ConditionTarget.State), Layer<Elman>(3, InitialState = [|InitialState.Learned|])] class Wrong;")]
    [InlineData(
        "FRNN069",
        "[Model, Encoder, Input(3), Layer<Elman>(3), Decoder, Input(3), Layer<Elman>(3, "
            + "InitialState = [|InitialState.Random|])] class Wrong;")]
    public void A_start_is_given_once_and_used(string id, string source) => Check(id, source);

    [Theory]
    [InlineData("Decoder(InputFeeding = [|true|]), Input(3), Layer<Elman>(3)")]
    [InlineData("Decoder(InputFeeding = [|true|]), Input(3), Layer<Elman>(3), Attention(AttentionScore.Dot)")]
    [InlineData(
        "Decoder(InputFeeding = [|true|]), Input(3), Layer<Elman>(3), Attention(AttentionScore.Dot), Dropout(0.1), Dense(2)")]
    [InlineData(
        "Decoder(InputFeeding = [|true|]), Input(3), Layer<Elman>(3, Backward = true), Attention(AttentionScore.Dot), Dense(2)")]
    [InlineData(
        "Decoder(InputFeeding = [|true|]), Input(3), Layer<Elman>(3), Attention(AttentionScore.Dot), "
            + "Dense(2, Activation = DenseActivation.Softmax)")]
    public void What_is_fed_back_is_there_before_the_next_step(string decoder) =>
        Check("FRNN090", $"[Model, Encoder, Input(3), Layer<Elman>(3), {decoder}] class Wrong;");

    [Theory]
    [InlineData("FRNN070", "[Model, Input(3), Layer<Elman>(3, Merge = [|Merge.Sum|])] class Odd;")]
    [InlineData("FRNN070", "[Model, Input(3), Layer<Elman>(3, InitialScale = [|0.5|])] class Odd;")]
    [InlineData("FRNN070", "[Model, Input(3), Layer<Elman>(3, Backward = true, Merge = [|Merge.Sum|])] class Odd;")]
    [InlineData("FRNN070", "[Model, Input(3), Layer<Elman>(3), [|Activation(DenseActivation.Linear)|]] class Odd;")]
    [InlineData("FRNN058", "[Model, Input(3), Layer<Elman>(3, Bidirectional = true, Backward = [|true|])] class Wrong;")]
    [InlineData("FRNN070", "[Model, Input(3), Layer<Elman>(3, Zoneout = [|0.1|], StateZoneout = new[] { 0.5 })] class Odd;")]
    [InlineData("FRNN089", "[Model, Input(3), Layer<Elman>(3, StateZoneout = [|new[] { 0.5, 0.1 }|], Bidirectional = true)] class Wrong;")]
    [InlineData("FRNN071", "[Model, Input(3), Layer<Leaky>(3, RecurrentDropout = [|0.5|], Bidirectional = true)] class Wrong;")]
    public void An_option_has_something_to_do(string id, string source) => Check(id, source);

    private static void Check(string id, string source) => DiagnosticCase.Check(
        id,
        Sources.Elman + Sources.Projected + """
        [Cell]
        public sealed partial class Leaky
        {
            private readonly Mat<Hidden, Input> W;
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { h = 0.9 * h + W * x; return h; }
        }

        """ + source.Replace("] class", "] public sealed partial class", StringComparison.Ordinal));
}
