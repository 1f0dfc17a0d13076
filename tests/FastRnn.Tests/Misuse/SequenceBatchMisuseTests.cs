using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

using static FastRnn.Tests.Misuse.SessionMisuseTests;

namespace FastRnn.Tests.Misuse;

/// <summary>A batch of sequences that does not fit is refused before anything of it is used.</summary>
public sealed class SequenceBatchMisuseTests : IDisposable
{
    private readonly Predictor<EmbeddedText> text = new(new EmbeddedText(seed: 1), batchSize: 2, sequenceLength: 3, threads: 1);
    private readonly Predictor<Listener> listener = new(new Listener(seed: 1), batchSize: 2, sequenceLength: 3, sourceLength: 4, threads: 1);
    private readonly Trainer<LastOfBoth> pooled = new(new LastOfBoth(seed: 1), new() { BatchSize = 2, SequenceLength = 3, Threads = 1 });
    private readonly Trainer<LossOnTheCell> numbers = new(new LossOnTheCell(seed: 1), new() { BatchSize = 2, SequenceLength = 3, Threads = 1 });

    public void Dispose()
    {
        text.Dispose();
        listener.Dispose();
        pooled.Dispose();
        numbers.Dispose();
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Says("Lengths: sequence 1: expected 1 to 3 steps, got 0.", () => text.Run(new() { Tokens = new int[3], Lengths = [3, 0] }, new float[33]));
        Says("Lengths: sequence 0: expected 1 to 3 steps, got 4.", () => text.Run(new() { Tokens = new int[4], Lengths = [4] }, new float[44]));
        Says("Lengths: sequence 0: expected 1 to 3 steps, got -2147483648.", () => text.Run(new() { Tokens = new int[4], Lengths = [int.MinValue] }, new float[44]));
        Says("Lengths: expected at most 2 sequences, got 3.", () => text.Run(new() { Tokens = new int[3], Lengths = [1, 1, 1] }, new float[33]));
        Says("Tokens [T_0 + T_1 + ..., ...]: expected 4 elements, got 5.", () => text.Run(new() { Tokens = new int[5], Lengths = [3, 1] }, new float[44]));
        Says("Tokens [max T, B, ...]: expected 6 elements, got 4.", () => text.Run(new() { Tokens = new int[4], Lengths = [3, 1], IsPadded = true }, new float[66]));
        Says("IsPadded: expected Lengths to go with it, got none.", () => text.Run(new() { Tokens = new int[4], IsPadded = true }, new float[44]));
        Says("Tokens [T, B, ...]: expected a multiple of 2 elements, got 3.", () => text.Run(new() { Tokens = new int[3] }, new float[33]));
        Says("Tokens [T, B, ...]: expected 1 to 3 steps, got 0.", () => text.Run(new(), []));
        Says("y O numbers a position: expected 44 elements, got 43.", () => text.Run(new() { Tokens = new int[4], Lengths = [3, 1] }, new float[43]));
    }

    [Fact]
    public void Inputs_that_the_model_does_not_read_are_refused()
    {
        Says("X: EmbeddedText reads tokens, got 1 elements.", () => text.Run(new() { X = new float[1], Tokens = new int[2] }, new float[22]));
        Says("SourceX: EmbeddedText has no encoder, got 1 elements.", () => text.Run(new() { Tokens = new int[2], SourceX = new float[1] }, new float[22]));
        Says("Condition [B, C]: expected 0 elements, got 4.", () => text.Run(new() { Tokens = new int[2], Condition = new float[4] }, new float[22]));
        Says("Sequence 1, step 2: expected a token from 0 to 10, got 11.", () => text.Run(new() { Tokens = [0, 1, 2, 11], Lengths = [1, 3] }, new float[44]));
        Says("Present one a position: expected 4 elements, got 2.", () => text.Run(new() { Tokens = new int[4], Present = new bool[2] }, new float[44]));
        using var oneHot = new Predictor<OneHotText>(new OneHotText(seed: 1), batchSize: 2, sequenceLength: 3);
        Says("Present: a one-hot input cannot be missing", () => oneHot.Run(new() { Tokens = new int[2], Present = new bool[2] }, new float[38]));
    }

    [Fact]
    public void Sources_that_do_not_fit_are_refused()
    {
        var (x, y) = (new float[4], new float[6]);
        Says("SourceLengths: expected 2 sequences, as many as there are, got 1.", () => listener.Run(new() { X = x, SourceTokens = new int[2], SourceLengths = [2] }, y));
        Says("SourceLengths: sequence 1: expected 1 to 4 steps, got 5.", () => listener.Run(new() { X = x, SourceTokens = new int[6], SourceLengths = [1, 5] }, y));
        Says("SourceTokens [T_0 + T_1 + ..., ...]: expected 3 elements, got 2.", () => listener.Run(new() { X = x, SourceTokens = new int[2], SourceLengths = [1, 2] }, y));
        Says("SourceX: Listener has an encoder of tokens, got 3 elements.", () => listener.Run(new() { X = x, SourceTokens = new int[2], SourceX = new float[3] }, y));
        Says("Sequence 1, step 0: expected a token from 0 to 4, got 5.", () => listener.Run(new() { X = x, SourceTokens = [0, 5] }, y));
        listener.Run(new() { X = x, SourceTokens = new int[3], SourceLengths = [1, 2] }, y);
        Says("weights [T, S]: expected 2 elements, got 3.", () => listener.GetAttention(1, new float[3]));
        Says("attention: Listener has no attention number 1.", () => listener.GetAttention(1, new float[2], attention: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.GetAttention(2, new float[2]));
    }

    [Fact]
    public void Targets_and_weights_that_do_not_fit_are_refused_and_train_nothing()
    {
        Says("TargetTokens [B, ...]: one a sequence: expected 2 elements, got 4.", () => pooled.Step(new() { Tokens = new int[4], Lengths = [1, 3], TargetTokens = new int[4] }));
        Says("Targets: LastOfBoth has tokens as targets, got 8 elements.", () => pooled.Step(new() { Tokens = new int[2], Targets = new float[8] }));
        Says("Sequence 1, step 0: expected a token from 0 to 3, got 4.", () => pooled.Step(new() { Tokens = new int[2], TargetTokens = [0, 4] }));
        Says("TargetTokens: LossOnTheCell has numbers as targets, got 2 elements.", () => numbers.Step(new() { X = new float[8], TargetTokens = new int[2] }));
        Says("Targets one a position: expected 10 elements, got 9.", () => numbers.Step(new() { X = new float[8], Targets = new float[9] }));
        foreach (var weight in (float[])[-1, float.NaN, float.PositiveInfinity])
            Says("Weights: sequence 1, step 0: expected a finite number from 0 on, got ", () => numbers.Step(new() { X = new float[8], Targets = new float[10], Weights = [1, weight] }));
        Says("Weights: expected at least one above 0, got zeros.", () => numbers.Step(new() { X = new float[8], Targets = new float[10], Weights = [0, 0] }));
        Says("Weights one a position: expected 2 elements, got 1.", () => numbers.Step(new() { X = new float[8], Targets = new float[10], Weights = [1] }));
        Assert.Throws<InvalidOperationException>(() => numbers.Update());
        Assert.Equal((0, 0), (pooled.StepCount, numbers.StepCount));
        Assert.All(numbers.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void After_a_refusal_a_batch_that_fits_is_served()
    {
        var (y, again) = (new float[44], new float[44]);
        text.Run(new() { Tokens = [1, 2, 3, 4], Lengths = [1, 3] }, y);
        Says("Sequence 0, step 1: expected a token from 0 to 10, got 99.", () => text.Run(new() { Tokens = [1, 99], Lengths = [2] }, new float[22]));
        text.Run(new() { Tokens = [1, 2, 3, 4], Lengths = [1, 3] }, again);
        Bits.AssertSame("outputs", y, again);
    }
}
