using FastRnn.Data;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Padding to the maximum (row 14): padded training gives the bits of training without padding, and no NaN behind the end of a
/// sequence leaks.</summary>
public sealed class LayoutTrainingTests
{
    public static TheoryData<int> Threads => [1, 2];

    [Theory]
    [MemberData(nameof(Threads))]
    public void Padded_equals_unpadded_for_tokens(int threads) => Compare(() => new LoopText(seed: 2), threads, i =>
    {
        var tokens = LoopRun.Tokens(2 + (i % 5), i);
        return new() { Tokens = tokens.AsSpan(1), TargetTokens = tokens.AsSpan(0, tokens.Length - 1) };
    });

    [Theory]
    [MemberData(nameof(Threads))]
    public void Padded_equals_unpadded_for_one_target_a_sequence_and_missing_steps(int threads) =>
        Compare(() => new LoopMovement(seed: 2), threads, i =>
    {
        var present = Enumerable.Range(0, 1 + (i % 5)).Select(t => (t + i) % 4 != 1 || t == 0).ToArray();
        return new() { X = Vectors(present.Length, i), Present = present, TargetTokens = new[] { i % 3 } };
    });

    [Theory]
    [MemberData(nameof(Threads))]
    public void Padded_equals_unpadded_for_sources_and_weights(int threads) => Compare(() => new LoopTranslator(seed: 2), threads, i =>
    {
        var tokens = Enumerable.Range(i, 2 + (i % 3)).Select(token => token % 5).ToArray();
        var weights = Enumerable.Repeat(0.5f + (i % 2), tokens.Length - 1).ToArray();
        return new()
        {
            Tokens = tokens.AsSpan(1),
            TargetTokens = tokens.AsSpan(0, tokens.Length - 1),
            SourceX = Vectors(1 + (i % 5), i),
            Weights = weights
        };
    });

    [Fact]
    public void A_model_says_what_it_is_trained_with()
    {
        Assert.Equal(new SequenceFormat { Vocabulary = 7, TargetVocabulary = 7 }, SequenceFormat.Of(LoopText.Info));
        Assert.Equal(new SequenceFormat { InputSize = 2, TargetVocabulary = 3, OneTarget = true }, SequenceFormat.Of(LoopMovement.Info));
        Assert.Equal(new SequenceFormat { Vocabulary = 5, TargetVocabulary = 5, HasSource = true, SourceSize = 2 },
            SequenceFormat.Of(LoopTranslator.Info));
    }

    [Fact]
    public void The_mean_loss_is_that_of_all_positions_in_any_batches()
    {
        var model = new LoopText(seed: 1);
        using var evaluator = new Evaluator<LoopText>(model, new() { BatchSize = 14, SequenceLength = 6, Threads = 1 });
        var (sum, positions) = (0.0, 0);
        var all = LoopRun.Sequences(seed: 1, new() { Shuffle = false });
        for (var i = 0; i < all.BatchesPerEpoch; i++)
        {
            var loss = evaluator.Evaluate(all.Next());
            sum += loss.Sum;
            positions += (int)loss.Weight;
        }

        Assert.Equal(sum / positions, evaluator.MeanLoss(LoopRun.Sequences(seed: 2)), 1e-12);
        Assert.Equal(sum / positions,
            evaluator.MeanLoss(LoopRun.Sequences(seed: 3, new() { Layout = BatchLayout.Padded, Padding = float.NaN })), 1e-12);

        using var windows = new Evaluator<LoopText>(model, new() { BatchSize = 2, SequenceLength = 4, Threads = 1 });
        using var whole = new Evaluator<LoopText>(model, new() { BatchSize = 2, SequenceLength = 11, Threads = 1 });
        var text = LoopRun.Tokens(23, 4);
        Assert.Equal(
            whole.MeanLoss(new ContiguousStreams(text, 2, 11)), windows.MeanLoss(new ContiguousStreams(text, 2, 4, keepRemainder: true)),
            1e-12);
    }

    private delegate SequenceBatch Sequence(int index);

    private static void Compare<TModel>(Func<TModel> create, int threads, Sequence sequence)
        where TModel : class, IModel<TModel>
    {
        var data = new SequenceDataset(SequenceFormat.Of(TModel.Info));
        for (var i = 0; i < 11; i++)
            data.Add(sequence(i));
        var ragged = Train(BatchLayout.Ragged);
        Assert.All(ragged, value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(create().Store.Parameters.ToArray(), ragged);
        Bits.AssertSame("parameters", ragged, Train(BatchLayout.Padded));

        float[] Train(BatchLayout layout)
        {
            var model = create();
            using var trainer =
                new Trainer<TModel>(model, new() { BatchSize = 4, SequenceLength = 5, Optimizer = new Adam(0.01f), Threads = threads });
            var batches = new ShuffledBatches(data, 4, seed: 6, new() { Layout = layout, Padding = float.NaN, PaddingToken = -1 });
            new TrainingLoop<TModel>(trainer, batches, new() { Epochs = 3 }).Run();
            return model.Store.Parameters.ToArray();
        }
    }

    private static float[] Vectors(int steps, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * steps).Select(_ => random.NextSingle() - 0.5f)];
    }
}
