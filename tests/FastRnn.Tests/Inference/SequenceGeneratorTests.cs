using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Sequences that a model makes itself: step by step they are what a predictor says of them as a whole.</summary>
public sealed class SequenceGeneratorTests
{
    private static readonly int[] SourceLengths = [3, 7, 1];

    [Fact]
    public void Steps_of_a_decoder_are_those_of_a_predictor() => StepsAre<Translator>(hasTokens: true);

    [Fact]
    public void Steps_after_a_bidirectional_encoder_and_a_bridge_are_those_of_a_predictor() => StepsAre<BridgedTranslator>(hasTokens: true);

    [Fact]
    public void Steps_after_an_encoder_that_learned_its_first_states_are_those_of_a_predictor() =>
        StepsAre<PlainTranslator>(hasTokens: true);

    [Fact]
    public void Steps_of_vectors_are_those_of_a_predictor() => StepsAre<Listener>(hasTokens: false);

    [Fact]
    public void Steps_from_a_vector_into_the_state_are_those_of_a_predictor() => StepsAre<StyledMelody>(hasTokens: false);

    [Fact]
    public void Steps_from_a_vector_as_first_input_are_those_of_a_predictor() => StepsAre<Caption>(hasTokens: true);

    [Fact]
    public void Steps_from_nothing_are_those_of_a_predictor() => StepsAre<EmbeddedText>(hasTokens: true);

    [Fact]
    public void Attention_weights_are_those_of_a_predictor()
    {
        const int Steps = 4;
        var batch = StructuredBatch.Random(Translator.Info, [Steps, Steps, Steps], SourceLengths, seed: 23, masks: false);
        var model = new Translator(seed: 5);
        using var predictor = model.CreatePredictor(new() { BatchSize = 3, SequenceLength = Steps, SourceLength = 7 });
        predictor.Run(batch.Input, new float[batch.OutputCount]);
        using var generator = model.CreateGenerator(new() { BatchSize = 3, SourceLength = 7 });
        generator.Start(new SequenceBatch { SourceTokens = batch.SourceTokens, SourceLengths = SourceLengths });
        for (var t = 0; t < Steps; t++)
        {
            generator.Step([.. Enumerable.Range(0, 3).Select(b => batch.Tokens[(b * Steps) + t])], new float[3 * 7]);
            for (var b = 0; b < 3; b++)
            {
                var (whole, step) = (new float[Steps * SourceLengths[b]], new float[SourceLengths[b]]);
                predictor.GetAttention(b, whole);
                generator.GetAttention(b, step);
                Assert.Equal(1, step.Sum(), 1e-6);
                Bits.AssertSame("weights", whole.AsSpan(t * step.Length, step.Length), step);
            }
        }
    }

    [Fact]
    public void A_generation_ends_at_END_or_at_the_cap()
    {
        var batch = StructuredBatch.Random(Caption.Info, [1, 1, 1], [], seed: 3, masks: false);
        using var generator = new Caption(seed: 4).CreateGenerator(new() { BatchSize = 3 });
        var (free, lengths) = (new int[3 * 9], new int[3]);
        generator.Start(new SequenceBatch { Condition = batch.Condition });
        generator.Generate(startToken: 0, endToken: -1, free, lengths);
        Assert.Equal([9, 9, 9], lengths);

        // The same with an END that the first sequence reaches: it stops there, and the others are as before.
        var end = free[4];
        var ended = new int[3 * 9];
        generator.Start(new SequenceBatch { Condition = batch.Condition });
        generator.Generate(startToken: 0, endToken: end, ended, lengths);
        for (var b = 0; b < 3; b++)
        {
            var row = free.AsSpan(b * 9, 9);
            var expected = row.IndexOf(end) < 0 ? 9 : row.IndexOf(end);
            Assert.Equal(expected, lengths[b]);
            Assert.Equal(row[..expected], ended.AsSpan(b * 9, expected));
        }

        Assert.InRange(lengths[0], 0, 4);
    }

    [Fact]
    public void A_seeded_sampler_draws_the_same_sequences_again()
    {
        using var generator = new Caption(seed: 4).CreateGenerator(new() { BatchSize = 2 });
        int[] Draw(int seed)
        {
            var (tokens, lengths) = (new int[2 * 12], new int[2]);
            generator.Start(new SequenceBatch { Condition = [0.1f, 0.2f, 0.3f, 0.4f, 1, 2, 3, 4] });
            generator.Generate(0, -1, tokens, lengths, new Sampler(Caption.Info.OutputSize, seed), temperature: 2);
            return tokens;
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void What_a_row_draws_depends_on_no_other_row()
    {
        const int Cap = 12;
        float[] conditions = [0.1f, 0.2f, 0.3f, 0.4f, 1, 2, 3, 4, -1, 1, -1, 1];
        using var generator = new Caption(seed: 4).CreateGenerator(new() { BatchSize = 3 });
        var together = Draw(conditions, new Sampler(Caption.Info.OutputSize, 7), endToken: -1);
        for (var row = 0; row < 3; row++)
        {
            var alone = Draw(conditions.AsSpan(row * 4, 4), new Sampler(Caption.Info.OutputSize, 7, row), endToken: -1);
            Assert.Equal(together.AsSpan(row * Cap, Cap).ToArray(), alone);
        }

        // Rows that end early leave the others theirs, and equal rows are not drawn alike.
        var end = together[Cap + 2];
        var ended = Draw(conditions, new Sampler(Caption.Info.OutputSize, 7), end);
        for (var row = 0; row < 3; row++)
        {
            var whole = together.AsSpan(row * Cap, Cap);
            var length = whole.IndexOf(end) < 0 ? Cap : whole.IndexOf(end);
            Assert.Equal(whole[..length], ended.AsSpan(row * Cap, length));
        }

        var equal = Draw([1, 2, 3, 4, 1, 2, 3, 4], new Sampler(Caption.Info.OutputSize, 7), endToken: -1);
        Assert.NotEqual(equal[..Cap], equal[Cap..]);

        // A place that was saved goes on with the same tokens.
        var sampler = new Sampler(Caption.Info.OutputSize, 8);
        Draw(conditions, sampler, endToken: -1);
        var place = sampler.Place;
        var expected = Draw(conditions, sampler, endToken: -1);
        Assert.NotEqual(together, expected);
        Assert.Equal(expected, Draw(conditions, new Sampler(Caption.Info.OutputSize, 8) { Place = place }, endToken: -1));

        int[] Draw(ReadOnlySpan<float> condition, Sampler with, int endToken)
        {
            var count = condition.Length / 4;
            var (tokens, lengths) = (new int[count * Cap], new int[count]);
            generator.Start(new SequenceBatch { Condition = condition }, count);
            generator.Generate(0, endToken, tokens, lengths, with, temperature: 2);
            return tokens;
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (tokens, lengths, source) = (new int[3 * 9], new int[3], new int[11]);
        using var generator = new Translator(seed: 4).CreateGenerator(new() { BatchSize = 3, SourceLength = 7, Threads = 2 });
        void Once()
        {
            generator.Start(new SequenceBatch { SourceTokens = source, SourceLengths = SourceLengths });
            generator.Generate(0, 1, tokens, lengths);
        }

        Once();
        Assert.Equal(0, OwnThread.LeastAllocated(Once, rounds: 10));
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        Assert.Contains("There is no generator of 'LastOfBoth': it looks at a sequence as a whole; use CreatePredictor",
            Assert.Throws<InvalidOperationException>(() => new LastOfBoth(1).CreateGenerator()).Message, StringComparison.Ordinal);
        Assert.Contains("There is no generator of 'BidirectionalGru': it looks at a sequence as a whole; use CreatePredictor",
            Assert.Throws<InvalidOperationException>(() => new BidirectionalGru(1).CreateGenerator()).Message, StringComparison.Ordinal);
        using var generator = new Caption(1).CreateGenerator(new() { BatchSize = 2 });
        Assert.Contains("Start comes before", Assert.Throws<InvalidOperationException>(() => generator.Step([0, 0], new float[12])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => generator.Start(new SequenceBatch { Condition = new float[7] }));
        Assert.Throws<ArgumentException>(() => generator.Start(new SequenceBatch { Condition = new float[8], Tokens = [1] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Start(new SequenceBatch { Condition = new float[8] }, count: 3));
        generator.Start(new SequenceBatch { Condition = new float[8] });
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Step([0, 6], new float[12]));
        Assert.Throws<ArgumentException>(() => generator.Step([0], new float[12]));
        Assert.Throws<ArgumentException>(() => generator.Step([0, 0], new float[11]));
        Assert.Throws<ArgumentException>(() => generator.Generate(0, 1, new int[3], new int[2]));
        Assert.Throws<ArgumentException>(() => generator.Generate(0, 1, new int[4], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Generate(6, 1, new int[4], new int[2]));
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => generator.Start(new SequenceBatch { Condition = new float[8] }));
    }

    [Fact]
    public void A_session_says_what_else_to_use()
    {
        Assert.Contains("CreateGenerator or CreatePredictor",
            Assert.Throws<InvalidOperationException>(() => new Translator(1).CreateSession()).Message, StringComparison.Ordinal);
        Assert.Contains("starts from a vector", Assert.Throws<InvalidOperationException>(() => new Caption(1).CreateSession()).Message,
            StringComparison.Ordinal);
        Assert.Contains("use CreatePredictor", Assert.Throws<InvalidOperationException>(() => new MeanOfAll(1).CreateSession()).Message,
            StringComparison.Ordinal);
    }

    private static void StepsAre<TModel>(bool hasTokens)
        where TModel : class, IModel<TModel>
    {
        const int Steps = 6;
        var batch = StructuredBatch.Random(TModel.Info, [Steps, Steps, Steps], SourceLengths, seed: 21, masks: false);
        var (size, inputs) = (TModel.Info.OutputSize, TModel.Info.InputSize);
        foreach (var width in TestWidths.All)
        {
            var model = TestModel<TModel>.Create(width);
            using (var edit = model.Store.Edit())
                Experiment.RandomParameters(TModel.Info, new Random(22)).CopyTo(edit.Parameters);
            using var predictor =
                new Predictor<TModel>(model, new() { BatchSize = 3, SequenceLength = Steps, SourceLength = SourceLengths.Max() });
            var whole = new float[batch.OutputCount];
            predictor.Run(batch.Input, whole);
            foreach (var threads in (int[])[1, 2])
            {
                using var generator =
                    new SequenceGenerator<TModel>(model, new() { BatchSize = 3, SourceLength = SourceLengths.Max(), Threads = threads });
                var y = new float[3 * size];

                // Of other sequences, two of them or three and in another order, nothing is left behind.
                foreach (var (count, seed) in ((int, int)[])[(3, 31), (2, 32), (3, 21)])
                {
                    var other = StructuredBatch.Random(
                        TModel.Info, [.. Enumerable.Repeat(Steps, count)],
                        [.. (seed == 21 ? SourceLengths : SourceLengths.Reverse()).Take(count)], seed, masks: false);
                    generator.Start(
                        new SequenceBatch
                        {
                            Condition = other.Condition,
                            SourceX = other.SourceX,
                            SourceTokens = other.SourceTokens,
                            SourceLengths = other.SourceLengths,
                        },
                        count);
                    if (seed != 21 && hasTokens)
                        generator.Step([.. Enumerable.Range(0, count).Select(b => other.Tokens[b * Steps])], y.AsSpan(0, count * size));
                    else if (seed != 21)
                        generator.Step(
                            [.. Enumerable.Range(0, count).SelectMany(b => other.X.AsSpan(b * Steps * inputs, inputs).ToArray())],
                            y.AsSpan(0, count * size));
                }

                for (var t = 0; t < Steps; t++)
                {
                    // A start that is refused leaves everything as it is.
                    Assert.ThrowsAny<ArgumentException>(() => generator.Start(
                        TModel.Info.Source is null ? new() { Condition = new float[1] }
                            : new() { SourceX = batch.SourceX, SourceTokens = batch.SourceTokens, SourceLengths = [2, 1] }, count: 2));
                    if (hasTokens)
                        generator.Step([.. Enumerable.Range(0, 3).Select(b => batch.Tokens[(b * Steps) + t])], y);
                    else
                        generator.Step(
                            [.. Enumerable.Range(0, 3).SelectMany(b => batch.X.AsSpan(((b * Steps) + t) * inputs, inputs).ToArray())], y);
                    for (var b = 0; b < 3; b++)
                        Assert.Equal(whole.AsSpan(((b * Steps) + t) * size, size), y.AsSpan(b * size, size));
                }
            }
        }
    }
}
