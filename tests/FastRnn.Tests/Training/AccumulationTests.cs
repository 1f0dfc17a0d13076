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

    private static Trainer<EmbeddedText> Trainer(EmbeddedText model) =>
        model.CreateTrainer(new() { BatchSize = 6, SequenceLength = 7, Threads = 2, ClipNorm = 0.5f });
}
