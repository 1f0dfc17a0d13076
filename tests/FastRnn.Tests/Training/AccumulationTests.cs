using FastRnn.Data;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Several small batches before one update are one large batch.</summary>
public sealed class AccumulationTests
{
    private readonly StructuredBatch all = StructuredBatch.Random(EmbeddedText.Info, [5, 2, 7, 1, 7, 3], [], seed: 11);

    [Fact]
    public void Small_batches_one_after_the_other_update_as_one_large_one()
    {
        var large = new EmbeddedText(seed: 1);
        using (var trainer = Trainer(large))
            trainer.Step(all.Input);

        var small = new EmbeddedText(seed: 1);
        using (var trainer = Trainer(small))
        {
            trainer.Accumulate(all.Select(0, 1).Input);
            trainer.Accumulate(all.Select(2).Input);
            trainer.Accumulate(all.Select(3, 4, 5).Input);
            Assert.Equal(0, trainer.StepCount);
            trainer.Update();
            Assert.Equal(1, trainer.StepCount);
        }

        Assert.Equal(large.Parameters.ToArray(), small.Parameters.ToArray());
    }

    [Fact]
    public void The_scale_comes_before_clipping_and_the_norm_is_the_scaled_one()
    {
        var model = new EmbeddedText(seed: 1);
        using var trainer = Trainer(model);
        trainer.Accumulate(all.Input);
        var norm = Math.Sqrt(trainer.Gradients.ToArray().Sum(g => (double)g * g));
        Assert.Equal(norm / 4, trainer.Update(0.25f), norm * 1e-6);
    }

    [Fact]
    public void An_update_forgets_what_it_used()
    {
        using var trainer = Trainer(new EmbeddedText(seed: 1));
        Assert.Throws<InvalidOperationException>(() => trainer.Update());
        trainer.Accumulate(all.Input);
        trainer.Update();
        Assert.Throws<InvalidOperationException>(() => trainer.Update());
        foreach (var scale in (float[])[0, -1, float.NaN, float.PositiveInfinity])
        {
            trainer.Accumulate(all.Input);
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Update(scale));
        }
    }

    [Fact]
    public void A_mean_of_losses_is_divided_by_the_weights()
    {
        using var trainer = new EmbeddedTextMean(seed: 1).CreateTrainer(new() { BatchSize = 2, SequenceLength = 3 });
        int[] tokens = [0, 1, 2, 3, 4, 0];
        int[] targets = [0, 1, 2, 3, 4, 5];
        var every = trainer.Accumulate(new SequenceBatch { Tokens = tokens, TargetTokens = targets });
        Assert.Equal(6, every.Weight);
        var some = trainer.Accumulate(new SequenceBatch { Tokens = tokens, TargetTokens = targets, Weights = [1, 0, 0.5f, 0, 0, 0] });
        Assert.Equal(1.5, some.Weight);
        Assert.Equal(some.Sum / 1.5, some.PerPosition);
    }

    [Fact]
    public void Batches_of_unequal_sizes_make_the_mean_over_all_of_their_positions()
    {
        // 1 and 3 positions, then weights besides: the mean of the means would count the first position as much as the three.
        var both = StructuredBatch.Random(EmbeddedTextMean.Info, [1, 3], [], seed: 4, masks: false);
        Same(both, [0], [1]);
        Same(StructuredBatch.Random(EmbeddedTextMean.Info, [5, 2, 7, 1, 3], [], seed: 5), [0, 1], [2], [3, 4]);

        static void Same(StructuredBatch all, params int[][] parts)
        {
            using var large = Mean(new EmbeddedTextMean(seed: 1));
            var expected = large.Accumulate(all.Input);
            using var small = Mean(new EmbeddedTextMean(seed: 1));
            var losses = parts.Select(part => small.Accumulate(all.Select(part).Input)).ToList();
            Assert.Equal(expected.PerPosition, losses.Sum(l => l.Sum) / losses.Sum(l => l.Weight), 1e-6);
            var (one, many) = (large.Gradients.ToArray(), small.Gradients.ToArray());
            var largest = one.Max(Math.Abs);
            for (var i = 0; i < one.Length; i++)
                Assert.Equal(one[i], many[i], 1e-6 * largest);
            Assert.Equal(large.Update(), small.Update(), 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_of_which_nothing_counts_has_no_loss_and_no_gradient(bool isFirst)
    {
        using var trainer = Mean(new EmbeddedTextMean(seed: 1));
        using var expected = Mean(new EmbeddedTextMean(seed: 1));
        int[] tokens = [0, 1, 2], targets = [3, 4, 5];
        if (isFirst)
            Nothing();
        trainer.Accumulate(new SequenceBatch { Tokens = tokens, Lengths = [3], TargetTokens = targets });
        if (!isFirst)
            Nothing();
        expected.Accumulate(new SequenceBatch { Tokens = tokens, Lengths = [3], TargetTokens = targets });
        Bits.AssertSame("gradients", expected.Gradients, trainer.Gradients);
        trainer.Update();

        // By itself: a step that says so, after which training goes on.
        foreach (var weights in (float[][])[[0, 0, 0], [0, 1, 0]])
        {
            var result = trainer.Step(
                new SequenceBatch { Tokens = tokens, Lengths = [3], TargetTokens = targets, Weights = weights });
            Assert.Equal(weights.Sum(), result.Weight);
            Assert.Equal(result.Weight > 0, result.Loss > 0);
            Assert.Equal(result.Weight > 0, result.LossPerPosition > 0);
            Assert.Equal(result.Weight > 0, result.GradientNorm > 0);
        }

        Assert.Equal(3, trainer.StepCount);

        void Nothing()
        {
            var loss = trainer.Accumulate(
                new SequenceBatch { Tokens = tokens, Lengths = [3], TargetTokens = [-1, 99, 7], Weights = [0, 0, 0] });
            Assert.Equal((0, 0, 0), (loss.Sum, loss.Weight, loss.PerPosition));
        }
    }

    private static Trainer<EmbeddedTextMean> Mean(EmbeddedTextMean model) =>
        model.CreateTrainer(new() { BatchSize = 6, SequenceLength = 7, Threads = 2 });

    private static Trainer<EmbeddedText> Trainer(EmbeddedText model) =>
        model.CreateTrainer(new() { BatchSize = 6, SequenceLength = 7, Threads = 2, ClipNorm = 0.5f });
}
