using FastRnn.Tests.Models;
using FastRnn.Training;

using static FastRnn.Tests.Misuse.SessionMisuseTests;

namespace FastRnn.Tests.Misuse;

public sealed class TrainerMisuseTests : IDisposable
{
    private static readonly TrainerOptions Small = new() { BatchSize = 2, SequenceLength = 3, Threads = 2 };

    private readonly EmbeddedText text = new(seed: 1);
    private readonly LossOnTheCell numbers = new(seed: 1);

    public void Dispose()
    {
        text.Dispose();
        numbers.Dispose();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new Trainer<EmbeddedText>(null!, Small));
        Assert.Throws<ArgumentNullException>(() => text.CreateTrainer(null!));
        Assert.Throws<ArgumentNullException>(() => text.CreateTrainer(new() { Optimizer = null! }));
        foreach (var options in (TrainerOptions[])
        [
            new() { BatchSize = 0 }, new() { SequenceLength = 0 }, new() { Threads = -1 }, new() { ClipNorm = -1 },
            new() { ClipNorm = float.NaN }, new() { Weights = WeightFormat.BFloat16 }, new() { Weights = WeightFormat.Int8 },
        ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => text.CreateTrainer(options));
        }
    }

    [Fact]
    public void A_model_without_a_loss_is_refused_with_advice()
    {
        Says("There is no trainer of 'MixedStack': it declares no loss; declare one, or use Bptt", () =>
            new MixedStack().CreateTrainer(Small));
        Says("There is no evaluator of 'MixedStack': it declares no loss", () =>
            new Evaluator<MixedStack>(new MixedStack(), new() { BatchSize = 1, SequenceLength = 1 }).Dispose());
    }

    [Fact]
    public void Spans_of_a_wrong_length_and_tokens_out_of_range_are_refused()
    {
        using var trainer = text.CreateTrainer(Small);
        Says("Tokens [T, B, ...]: expected 1 to 3 steps, got 0.", () => trainer.Step(ReadOnlySpan<int>.Empty, ReadOnlySpan<int>.Empty));
        Says("Tokens [T, B, ...]: expected 1 to 3 steps, got 4.", () => trainer.Step(new int[8], new int[8]));
        Says("Tokens [T, B, ...]: expected a multiple of 2 elements, got 3.", () => trainer.Step(new int[3], new int[3]));
        Says("TargetTokens one a position: expected 4 elements, got 5.", () => trainer.Step(new int[4], new int[5]));
        Says("Sequence 1, step 1: expected a token from 0 to 10, got 11.", () => trainer.Step((int[])[0, 1, 2, 11], new int[4]));
        Says("Sequence 1, step 0: expected a token from 0 to 10, got -1.", () => trainer.Step(new int[4], (int[])[0, -1, 0, 0]));

        using var regression = numbers.CreateTrainer(Small);
        Says("X [T, B, ...]: expected a multiple of 8 elements, got 7.", () => regression.Step(new float[7], new float[10]));
        Says("X [T, B, ...]: expected 1 to 3 steps, got 0.", () => regression.Step(ReadOnlySpan<float>.Empty, new float[10]));
        Says("Targets one a position: expected 10 elements, got 9.", () => regression.Step(new float[8], new float[9]));
        Assert.Equal((0, 0), (trainer.StepCount, regression.StepCount));
    }

    [Fact]
    public void The_wrong_kind_of_input_or_target_is_refused()
    {
        using var trainer = text.CreateTrainer(Small);
        Says("EmbeddedText reads tokens (0 to 10), not vectors", () => trainer.Step(new float[2], new int[2]));
        Says("EmbeddedText is trained with SoftmaxCrossEntropy: its targets are tokens [T, B], not numbers.", () =>
            trainer.Step(new int[2], new float[22]));

        using var regression = numbers.CreateTrainer(Small);
        Says("LossOnTheCell reads vectors of 4 numbers, not tokens", () => regression.Step(new int[2], new float[10]));
        Says("LossOnTheCell is trained with MeanSquaredError: its targets are numbers [T, B, O], not tokens.", () =>
            regression.Step(new float[8], new int[2]));
    }

    [Fact]
    public void A_disposed_trainer_or_evaluator_says_so()
    {
        var trainer = text.CreateTrainer(Small);
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Step(new int[2], new int[2]));
        Assert.Throws<ObjectDisposedException>(trainer.ResetState);
        Assert.Throws<ObjectDisposedException>(() => trainer.Save("never written"));
        Assert.Throws<ObjectDisposedException>(() => trainer.Restore("never read"));

        var regression = numbers.CreateTrainer(Small);
        regression.Dispose();
        Assert.Throws<ObjectDisposedException>(() => regression.Step(new float[8], new float[10]));

        var evaluator = new Evaluator<EmbeddedText>(text, new() { BatchSize = 1, SequenceLength = 1 });
        evaluator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => evaluator.LossSum(new int[1], new int[1]));
        Assert.Throws<ObjectDisposedException>(evaluator.ResetState);
    }

    [Fact]
    public void Parameters_are_asked_for_by_names_that_exist()
    {
        Says("Lstm) has no parameter 'W'; it has Wi, Wf, Wg, Wo, Ui, Uf, Ug, Uo, bi, bf, bg, bo.", () => _ = text.Parameter(0, "W").Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = text.Parameter(2, "W").Length);
        Assert.Equal(17 * 7, text.Parameter(0, "Wi").Length);
    }
}
