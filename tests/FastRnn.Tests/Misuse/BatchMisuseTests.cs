using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

/// <summary>A careless batch of sequences: one message that says what, where, expected and got; and nothing was changed.</summary>
public sealed class BatchMisuseTests
{
    private readonly Trainer<EmbeddedText> text =
        new EmbeddedText(seed: 1).CreateTrainer(new() { BatchSize = 3, SequenceLength = 4, Threads = 2 });
    private readonly Trainer<PianoRoll> numbers = new PianoRoll(seed: 1).CreateTrainer(new() { BatchSize = 2, SequenceLength = 4 });
    private readonly Trainer<Translator> translator =
        new Translator(seed: 1).CreateTrainer(new() { BatchSize = 2, SequenceLength = 4, SourceLength = 3 });

    [Fact]
    public void Lengths_are_checked()
    {
        Says("Lengths: expected at most 3 sequences, got 4.", () =>
            text.Step(new SequenceBatch { Tokens = new int[4], Lengths = [1, 1, 1, 1], TargetTokens = new int[4] }));
        Says("Lengths: sequence 1: expected 0 to 4 steps, got -1.", () =>
            text.Step(new SequenceBatch { Tokens = new int[1], Lengths = [1, -1], TargetTokens = new int[1] }));
        Says("Lengths: sequence 0: expected 0 to 4 steps, got 5.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [5], TargetTokens = new int[5] }));
        Says("Lengths: sequence 0: expected 0 to 4 steps, got -2147483648.", () =>
            text.Step(new SequenceBatch { Tokens = [], Lengths = [int.MinValue] }));
        Says("Tokens [T_0 + T_1 + ..., ...]: expected 5 elements, got 6.", () =>
            text.Step(new SequenceBatch { Tokens = new int[6], Lengths = [2, 3], TargetTokens = new int[5] }));
        Says("Tokens [max T, B, ...]: expected 6 elements, got 5.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], IsPadded = true, TargetTokens = new int[6] }));
        Says("Tokens [T, B, ...]: expected a multiple of 2 elements, got 7.", () =>
            text.Step(new SequenceBatch { Tokens = new int[7], Lengths = [2, 3], IsPadded = true, TargetTokens = new int[7] }));
        Says("TargetTokens one a position: expected 10 elements, got 6.", () =>
            text.Step(new SequenceBatch { Tokens = new int[10], Lengths = [2, 3], IsPadded = true, TargetTokens = new int[6] }));
        Says("Tokens [T, B, ...]: expected a multiple of 3 elements, got 4.", () =>
            text.Step(new SequenceBatch { Tokens = new int[4], TargetTokens = new int[4] }));
        Says("IsPadded: expected Lengths to go with it, got none.", () =>
            text.Step(new SequenceBatch { Tokens = new int[3], IsPadded = true, TargetTokens = new int[3] }));
    }

    [Fact]
    public void Tokens_targets_and_weights_are_checked_where_they_are_read()
    {
        Says("Sequence 1, step 2: expected a token from 0 to 10, got 11.", () =>
            text.Step(new SequenceBatch { Tokens = [0, 0, 0, 0, 11], Lengths = [2, 3], TargetTokens = new int[5] }));
        Says("Sequence 0, step 1: expected a token from 0 to 10, got -1.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = [0, -1, 0, 0, 0] }));
        Says("TargetTokens one a position: expected 5 elements, got 4.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[4] }));
        Says("Weights one a position: expected 5 elements, got 4.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[5], Weights = new float[4] }));
        Says("Weights: sequence 1, step 0: expected a finite number from 0 on, got NaN.", () => text.Step(
            new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[5], Weights = [1, 1, float.NaN, 1, 1] }));
        Says("Weights: sequence 0, step 1: expected a finite number from 0 on, got -1.", () =>
            text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[5], Weights = [1, -1, 1, 1, 1] }));
        Says("Present one a position: expected 3 elements, got 2.", () =>
            text.Step(new SequenceBatch { Tokens = new int[3], TargetTokens = new int[3], Present = new bool[2] }));
    }

    [Fact]
    public void What_the_model_does_not_read_is_refused()
    {
        Says("EmbeddedText reads tokens (0 to 10), not vectors: pass integers.", () =>
            text.Step(new SequenceBatch { X = new float[3], Tokens = new int[3], TargetTokens = new int[3] }));
        Says("EmbeddedText is trained with SoftmaxCrossEntropy: its targets are tokens [T, B], not numbers.", () =>
            text.Step(new SequenceBatch { Tokens = new int[3], Targets = new float[3] }));
        Says("SourceTokens: EmbeddedText has no encoder, got 3 elements.", () =>
            text.Step(new SequenceBatch { Tokens = new int[3], TargetTokens = new int[3], SourceTokens = new int[3] }));
        Says("Condition [B, C]: expected 0 elements, got 3.", () =>
            text.Step(new SequenceBatch { Tokens = new int[3], TargetTokens = new int[3], Condition = new float[3] }));
        Says("reads vectors of", () => numbers.Step(new SequenceBatch { Tokens = new int[2], Targets = new float[2] }));
        Says("SourceTokens [T, B, ...]: expected 1 to 3 steps, got 0.", () =>
            translator.Step(new SequenceBatch { Tokens = new int[2], TargetTokens = new int[2] }));
        Says("SourceLengths: expected 2 sequences, as many as there are, got 1.", () => translator.Step(
            new SequenceBatch { Tokens = new int[2], TargetTokens = new int[2], SourceTokens = new int[2], SourceLengths = [2] }));
        Says("SourceLengths: sequence 1: expected 1 to 3 steps, got 4.", () => translator.Step(
            new SequenceBatch { Tokens = new int[2], TargetTokens = new int[2], SourceTokens = new int[6], SourceLengths = [2, 4] }));
        Says("Sequence 1, step 0: expected a token from 0 to 5, got 6.", () =>
            translator.Step(new SequenceBatch { Tokens = new int[2], TargetTokens = new int[2], SourceTokens = [0, 6] }));
        Says("a one-hot input cannot be missing", () =>
            new OneHotText(1).CreateTrainer(new()).Step(new SequenceBatch { Tokens = [1], TargetTokens = [1], Present = [false] }));
    }

    [Fact]
    public void A_refused_batch_changes_nothing_and_the_next_one_is_right()
    {
        var before = text.Model.Parameters.ToArray();
        Assert.ThrowsAny<ArgumentException>(
            () => text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[4] }));
        Assert.Equal(before, text.Model.Parameters.ToArray());
        Assert.Equal(0, text.StepCount);
        text.Step(new SequenceBatch { Tokens = new int[5], Lengths = [2, 3], TargetTokens = new int[5] });
        Assert.Equal(1, text.StepCount);
    }

    [Fact]
    public void Predictors_and_bptt_are_checked_too()
    {
        using var predictor = new Predictor<Translator>(new Translator(1), new() { BatchSize = 2, SequenceLength = 4, SourceLength = 3 });
        Says("y O numbers a position: expected 14 elements, got 13.", () =>
            predictor.Run(new SequenceBatch { Tokens = new int[2], SourceTokens = new int[2] }, new float[13]));
        predictor.Run(new SequenceBatch { Tokens = new int[2], SourceTokens = new int[2] }, new float[14]);
        Says("has no attention number 1", () => predictor.GetAttention(0, new float[1], 1));
        Says("weights [T, S]: expected 1 elements, got 2.", () => predictor.GetAttention(0, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.GetAttention(2, new float[1]));
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(
            () => predictor.Run(new SequenceBatch { Tokens = new int[2], SourceTokens = new int[2] }, new float[14]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Predictor<Translator>(new Translator(1), new() { BatchSize = 0, SequenceLength = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Predictor<Translator>(new Translator(1), new() { BatchSize = 1, SequenceLength = 1, SourceLength = -1 }));

        using var bptt = new Bptt<Translator>(new Translator(1), new() { BatchSize = 2, SequenceLength = 4, SourceLength = 3 });
        Says("y [T, B, O]: expected 14 elements, got 13.", () =>
            bptt.Forward(new SequenceBatch { Tokens = new int[2], SourceTokens = new int[2] }, new float[13]));
        bptt.Forward(new SequenceBatch { Tokens = new int[2], SourceTokens = new int[2] }, new float[14]);
        bptt.Backward(new float[14]);
    }

    private static void Says(string message, Action act) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(act).Message, StringComparison.Ordinal);
}
