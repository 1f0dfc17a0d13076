using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>States at both ends of a predictor's sequences: what they are, and what is refused.</summary>
public sealed class PredictorStartTests
{
    private static readonly RunOptions Keeps = new() { BatchSize = 3, SequenceLength = 5, KeepStates = true, Threads = 2 };

    [Fact]
    public void A_layer_that_reads_backwards_ends_at_the_first_step()
    {
        const int Hidden = 5;
        var batch = StructuredBatch.Random(BidirectionalLstm.Info, [3, 1, 5], [], seed: 1, masks: false);
        using var predictor = new BidirectionalLstm(seed: 2).CreatePredictor(Keeps);
        var y = new float[batch.OutputCount];
        predictor.Run(batch.Input, y);
        var layers = RecurrentLayers(BidirectionalLstm.Info);
        var (ahead, back) = (new float[3 * Hidden], new float[3 * Hidden]);
        predictor.GetState(layers[0], "h", ahead);
        predictor.GetState(layers[1], "h", back);
        for (var (b, begin) = (0, 0); b < 3; begin += batch.Lengths[b], b++)
        {
            var last = begin + batch.Lengths[b] - 1;
            Bits.AssertSame("forward", y.AsSpan(last * 2 * Hidden, Hidden), ahead.AsSpan(b * Hidden, Hidden));
            Bits.AssertSame("backward", y.AsSpan(((begin * 2) + 1) * Hidden, Hidden), back.AsSpan(b * Hidden, Hidden));
        }
    }

    [Fact]
    public void What_was_set_holds_until_it_is_reset()
    {
        var model = new LearnedStart(seed: 3);
        int[] tokens = [1, 2, 3, 4, 0, 1];
        var (learned, given, again) = (new float[6 * 5], new float[6 * 5], new float[6 * 5]);
        using var predictor = model.CreatePredictor(Keeps);
        predictor.Run(tokens, learned);
        predictor.SetState(RecurrentLayers(LearnedStart.Info)[0], "c", Experiment.Numbers(new Random(4), 3 * 6, 1));
        predictor.Run(tokens, given);
        predictor.Run(tokens, again);
        Bits.AssertSame("the next call", given, again);
        Assert.NotEqual(learned, given);
        predictor.ResetState();
        predictor.Run(tokens, again);
        Bits.AssertSame("as declared", learned, again);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_sequence_without_a_step_ends_with_its_first_state(int threads)
    {
        var model = new LearnedStart(seed: 3);
        var (layer, y) = (RecurrentLayers(LearnedStart.Info)[0], new float[5 * LearnedStart.Info.OutputSize]);
        var states = LearnedStart.Info.Layers[layer].States;
        using var predictor = model.CreatePredictor(Keeps with { Threads = threads });
        foreach (var lengths in (int[][])[[2, 0, 3], [0, 5, 0], [0, 0, 0], [0, 3, 2]])
        {
            predictor.ResetState();
            int[] tokens = [.. Enumerable.Range(0, lengths.Sum()).Select(i => i % 5)];
            Run(tokens, lengths);
            for (var s = 0; s < states.Count; s++)
            {
                // What the model declares: what it learned, or zeros.
                var learned = LearnedStart.Info.Layers[layer].Wiring.Starts[s] is { Kind: StartKind.Learned } start
                    ? model.Parameter(layer, LearnedStart.Info.Layers[layer].Parameters[start.Index].Name).ToArray()
                    : new float[states[s].Size];
                Same(lengths, s, (b, unit) => learned[unit]);
            }

            var given = Experiment.Numbers(new Random(6), 3 * states[0].Size, 1);
            predictor.SetState(layer, 0, given);
            Run(tokens, lengths);
            Same(lengths, 0, (b, unit) => given[(b * states[0].Size) + unit]);
        }

        void Run(int[] tokens, int[] lengths) => predictor.Run(
            new SequenceBatch { Tokens = tokens, Lengths = lengths }, y.AsSpan(0, tokens.Length * LearnedStart.Info.OutputSize));

        void Same(int[] lengths, int state, Func<int, int, float> expected)
        {
            var size = states[state].Size;
            var got = new float[3 * size];
            predictor.GetState(layer, state, got);
            for (var b = 0; b < 3; b++)
            {
                var isFirst = Enumerable.Range(0, size).All(unit => got[(b * size) + unit] == expected(b, unit));
                Assert.Equal(lengths[b] == 0, isFirst);
            }
        }
    }

    [Fact]
    public void A_source_without_a_step_hands_over_the_encoders_first_state()
    {
        var batch = StructuredBatch.Random(PlainTranslator.Info, [3, 2, 4], [4, 0, 2], seed: 8, masks: false);
        using var predictor = new PlainTranslator(seed: 9).CreatePredictor(new() { BatchSize = 3, SequenceLength = 4, Threads = 2 });
        var together = new float[batch.OutputCount];
        predictor.Run(batch.Input, together);
        for (var (b, begin) = (0, 0); b < 3; begin += batch.Lengths[b] * PlainTranslator.Info.OutputSize, b++)
        {
            var alone = new float[batch.Select(b).OutputCount];
            predictor.Run(batch.Select(b).Input, alone);
            Bits.AssertSame($"sequence {b}", alone, together.AsSpan(begin, alone.Length));
        }

        using var attentive = new Translator(seed: 9).CreatePredictor(new() { BatchSize = 3, SequenceLength = 4 });
        Assert.Contains("SourceLengths: sequence 1: expected 1 to 4 steps, got 0", Assert.Throws<ArgumentException>(() =>
            attentive.Run(new SequenceBatch { Tokens = [0, 0], Lengths = [1, 1], SourceTokens = [1], SourceLengths = [1, 0] },
                new float[2 * Translator.Info.OutputSize])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_are_those_of_a_call_that_succeeded_and_of_its_sequences()
    {
        using var predictor = new EmbeddedText(seed: 5).CreatePredictor(Keeps);
        var (y, layer) = (new float[5 * EmbeddedText.Info.OutputSize], RecurrentLayers(EmbeddedText.Info)[0]);
        var size = EmbeddedText.Info.Layers[layer].States[0].Size;
        Assert.Throws<InvalidOperationException>(() => predictor.GetState(layer, 0, new float[3 * size]));

        predictor.Run(new SequenceBatch { Tokens = [1, 2, 3, 4, 5], Lengths = [2, 3] }, y);
        predictor.GetState(layer, 0, new float[2 * size]);
        Assert.Contains($"expected {2 * size} elements, got {3 * size}",
            Assert.Throws<ArgumentException>(() => predictor.GetState(layer, 0, new float[3 * size])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predictor.GetState(layer, "nothing", new float[2 * size]));

        Assert.Throws<ArgumentException>(() => predictor.Run(new SequenceBatch { Tokens = [1, 2, 3], Lengths = [2, 2] }, y));
        Assert.Throws<InvalidOperationException>(() => predictor.GetState(layer, 0, new float[2 * size]));
    }

    [Fact]
    public void States_for_another_number_of_sequences_are_refused()
    {
        using var predictor = new EmbeddedText(seed: 6).CreatePredictor(Keeps);
        var (y, layer) = (new float[3 * EmbeddedText.Info.OutputSize], RecurrentLayers(EmbeddedText.Info)[0]);
        var size = EmbeddedText.Info.Layers[layer].States[0].Size;
        Assert.Contains("expected 1 to 3 rows, got 4",
            Assert.Throws<ArgumentException>(() => predictor.SetState(layer, 0, new float[4 * size])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predictor.SetState(layer, 0, []));
        Assert.Throws<ArgumentException>(() => predictor.SetState(layer, 0, new float[size + 1]));

        predictor.SetState(layer, 0, new float[2 * size]);
        Assert.Contains("was set for 2 sequences, the batch has 3",
            Assert.Throws<InvalidOperationException>(() => predictor.Run(new int[3], y)).Message, StringComparison.Ordinal);
        predictor.SetState(layer, 0, new float[3 * size]);
        predictor.Run(new int[3], y);
    }

    [Fact]
    public void Without_KeepStates_there_are_none()
    {
        using var predictor = new EmbeddedText(seed: 7).CreatePredictor(Keeps with { KeepStates = false });
        var (layer, values) = (RecurrentLayers(EmbeddedText.Info)[0], new float[3 * EmbeddedText.Info.Layers[^2].OutputSize]);
        predictor.Run(new int[3], new float[3 * EmbeddedText.Info.OutputSize]);
        foreach (var use in (Action[])[() => predictor.GetState(layer, 0, values), () => predictor.SetState(layer, 0, values)])
        {
            Assert.Contains("new RunOptions { KeepStates = true }", Assert.Throws<InvalidOperationException>(use).Message,
                StringComparison.Ordinal);
        }

        predictor.ResetState();
    }

    [Fact]
    public void A_state_that_is_made_of_something_else_cannot_be_set()
    {
        Refused(new Translator(seed: 8), StartKind.LastState, "which the encoder hands over");
        Refused(new BridgedTranslator(seed: 8), StartKind.Layer, "begins with what the model makes of its condition or its encoder");
        Refused(new StyledMelody(seed: 8), StartKind.Layer, "begins with what the model makes of its condition or its encoder");
        Refused(new RecurrentlyDropped(seed: 8), StartKind.Mask, "inference drops nothing");
        Refused(new RecurrentlyDropped(seed: 8), StartKind.Masked, "inference drops nothing");
        Refused(new HeldText(seed: 8), StartKind.Zoneout, "the declared probability");
    }

    private static void Refused<TModel>(TModel model, StartKind kind, string why)
        where TModel : class, IModel<TModel>
    {
        using var predictor = new Predictor<TModel>(model, Keeps);
        var (layer, state) = (
            from l in RecurrentLayers(TModel.Info)
            from s in Enumerable.Range(0, TModel.Info.Layers[l].States.Count)
            where TModel.Info.Layers[l].Wiring.Starts.ElementAtOrDefault(s)?.Kind == kind
            select (l, s)).First();
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => predictor.SetState(
            layer, state, new float[3 * TModel.Info.Layers[layer].States[state].Size])).Message, StringComparison.Ordinal);
    }

    private static int[] RecurrentLayers(ModelInfo info) =>
        [.. Enumerable.Range(0, info.Layers.Count).Where(layer => info.Layers[layer].IsRecurrent)];
}
