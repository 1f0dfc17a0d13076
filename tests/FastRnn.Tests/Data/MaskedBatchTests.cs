using FastRnn.Data;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Data;

/// <summary>Batches without their masked steps, and back.</summary>
public sealed class MaskedBatchTests
{
    // In the middle and at the end, at the beginning, nothing but masks, nowhere.
    private static readonly int[] Tokens = [3, 0, 0, 5, 0, 0, 0, 7, 0, 2, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5];

    [Fact]
    public void Masked_steps_are_left_out_wherever_they_stand()
    {
        var masked = MaskedBatch.OfTokens(Tokens, steps: 5, maskToken: 0);
        Assert.Equal((4, 5, 9), (masked.BatchSize, masked.SequenceLength, masked.StepCount));
        Assert.Equal([3, 5, 7, 2, 1, 2, 3, 4, 5], masked.Batch.Tokens);
        Assert.Equal([2, 2, 5], masked.Batch.Lengths);
        Assert.Equal([0, 1, 3], masked.Sequences);
        Assert.Equal([0, 3, 7, 9, 15, 16, 17, 18, 19], masked.Compact<int>([.. Enumerable.Range(0, 20)]));
        Assert.Equal([1, 2, 3, 4, 7, 8], masked.CompactRows<int>([1, 2, 3, 4, 5, 6, 7, 8], width: 2));
    }

    [Fact]
    public void A_step_of_vectors_is_masked_if_all_of_its_numbers_are()
    {
        var masked = MaskedBatch.OfVectors([0, 0, 1, 0, 0, 2, -0f, 0], size: 2, steps: 2, maskValue: 0);
        Assert.Equal([1, 0, 0, 2], masked.Batch.X);
        Assert.Equal([1, 1], masked.Batch.Lengths);
        masked = MaskedBatch.OfVectors([float.NaN, 0, 1, 0], size: 2, steps: 2, [false, true]);
        Assert.Equal([1, 0], masked.Batch.X);
        Assert.Equal([4], MaskedBatch.OfTokens([-1, 4], steps: 2, [false, true]).Batch.Tokens);
    }

    [Fact]
    public void Outputs_are_held_or_zeros()
    {
        var masked = MaskedBatch.OfTokens(Tokens, steps: 5, maskToken: 0);
        var y = Enumerable.Repeat(float.NaN, 40).ToArray();
        float[] outputs = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9];
        masked.Expand(outputs, y, MaskedOutput.Hold);
        var nothing = new float[10];
        Assert.Equal([1, -1, 1, -1, 1, -1, 2, -2, 2, -2, 0, 0, 0, 0, 3, -3, 3, -3, 4, -4, .. nothing, .. outputs[8..]], y);
        y.AsSpan().Fill(float.NaN);
        masked.Expand(outputs, y, MaskedOutput.Zero);
        Assert.Equal([1, -1, 0, 0, 0, 0, 2, -2, 0, 0, 0, 0, 0, 0, 3, -3, 0, 0, 4, -4, .. nothing, .. outputs[8..]], y);
    }

    [Fact]
    public void A_sequence_of_masks_has_zeros_or_its_first_states()
    {
        var masked = MaskedBatch.OfTokens(Tokens, steps: 5, maskToken: 0);
        var y = Enumerable.Repeat(float.NaN, 4).ToArray();
        masked.ExpandRows([1, 2, 3], y);
        Assert.Equal([1, 2, 0, 3], y);
        masked.ExpandRows([1, 2, 3], y, first: [5, 6, 7, 8]);
        Assert.Equal([1, 2, 7, 3], y);
    }

    /// <summary>Held is what a stream is that is not stepped there.</summary>
    [Fact]
    public void A_masked_step_holds_the_state_and_repeats_the_output()
    {
        const int Steps = 9;
        const int Batch = 6;
        var random = new Random(1);
        var (info, model) = (EmbeddedText.Info, new EmbeddedText(seed: 2));
        var tokens = Enumerable.Range(0, Batch * Steps).Select(_ => random.Next(info.Vocabulary)).ToArray();
        var present = Enumerable.Range(0, Batch * Steps).Select(i => i >= Steps && random.Next(2) == 0).ToArray();
        var masked = MaskedBatch.OfTokens(tokens, Steps, present);
        var options = new RunOptions { BatchSize = Batch, SequenceLength = Steps, Threads = 2, KeepStates = true };
        var layer = Enumerable.Range(0, info.Layers.Count).First(l => info.Layers[l].IsRecurrent);
        var (size, hidden) = (info.OutputSize, info.Layers[layer].States[0].Size);
        var first = Experiment.Numbers(random, Batch * hidden, 1);
        var (outputs, y) = (new float[masked.StepCount * size], new float[Batch * Steps * size]);
        var (last, states) = (new float[masked.Sequences.Length * hidden], new float[Batch * hidden]);
        using var predictor = model.CreatePredictor(options);
        predictor.SetState(layer, "h", masked.CompactRows<float>(first, hidden));
        predictor.Run(masked.Batch, outputs);
        predictor.GetState(layer, "h", last);
        masked.Expand(outputs, y, MaskedOutput.Hold);
        masked.ExpandRows(last, states, first);

        for (var b = 0; b < Batch; b++)
        {
            using var session = model.CreateSession(new() { Threads = 1 });
            session.SetState(layer, "h", first.AsSpan(b * hidden, hidden));
            var (held, state) = (new float[size], new float[hidden]);
            for (var t = 0; t < Steps; t++)
            {
                if (present[(b * Steps) + t])
                    session.Step(tokens[(b * Steps) + t], held);
                Bits.AssertSame($"sequence {b}, step {t}", held, y.AsSpan(((b * Steps) + t) * size, size));
            }

            session.GetState(layer, "h", state);
            Bits.AssertSame($"state of sequence {b}", state, states.AsSpan(b * hidden, hidden));
        }
    }

    [Fact]
    public void Training_is_that_of_the_sequences_without_masked_steps()
    {
        var options = new TrainerOptions { BatchSize = 4, SequenceLength = 5, CarryState = false, Optimizer = new Sgd(0.1f) };
        var masked = MaskedBatch.OfTokens(Tokens, steps: 5, maskToken: 0);
        int[] targets = [1, 9, 9, 2, 9, 9, 9, 3, 9, 4, 9, 9, 9, 9, 9, 5, 6, 7, 8, 0];
        using EmbeddedText left = new(seed: 3), right = new(seed: 3);
        using (var trainer = left.CreateTrainer(options))
            trainer.Step(masked.Batch with { TargetTokens = masked.Compact<int>(targets) });
        using (var trainer = right.CreateTrainer(options))
            trainer.Step(new() { Tokens = [3, 5, 7, 2, 1, 2, 3, 4, 5], Lengths = [2, 2, 5], TargetTokens = [1, 2, 3, 4, 5, 6, 7, 8, 0] });
        Bits.AssertSame("parameters", right.Parameters, left.Parameters);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("expected a multiple of 3 elements", Message(() => MaskedBatch.OfTokens([1, 2], 3, 0)), StringComparison.Ordinal);
        Assert.Contains("expected a multiple of 6 elements", Message(() => MaskedBatch.OfVectors([], 2, 3, 0)), StringComparison.Ordinal);
        Assert.Contains("expected 2 elements, got 1", Message(() => MaskedBatch.OfTokens([1, 2], 2, [true])), StringComparison.Ordinal);
        Assert.Contains("A NaN equals nothing", Message(() => MaskedBatch.OfVectors([1], 1, 1, float.NaN)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskedBatch.OfTokens([1, 2], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskedBatch.OfVectors([1, 2], 0, 1, 0));

        var masked = MaskedBatch.OfTokens([1, 0, 0, 0], 2, 0);
        Assert.Throws<ArgumentException>(() => masked.Compact<int>([]));
        Assert.Throws<ArgumentException>(() => masked.CompactRows<int>([1]));
        Assert.Throws<ArgumentException>(() => masked.Expand([1, 2, 3], new float[4], MaskedOutput.Hold));
        Assert.Throws<ArgumentException>(() => masked.Expand([1], new float[3], MaskedOutput.Hold));
        Assert.Throws<ArgumentOutOfRangeException>(() => masked.Expand([1], new float[4], (MaskedOutput)2));
        Assert.Throws<ArgumentException>(() => masked.ExpandRows([1, 2], new float[2]));
        Assert.Throws<ArgumentException>(() => masked.ExpandRows([1], new float[2], [1]));
    }

    [Fact]
    public void Where_every_step_is_masked_there_is_nothing_to_run()
    {
        var masked = MaskedBatch.OfTokens(new int[6], 3, 0);
        Assert.Equal(0, masked.StepCount);
        Assert.Contains("Every step is masked",
            Assert.Throws<InvalidOperationException>(() => masked.Batch.Lengths.Length).Message, StringComparison.Ordinal);
        var y = Enumerable.Repeat(float.NaN, 12).ToArray();
        masked.Expand([], y, MaskedOutput.Hold);
        Assert.All(y, value => Assert.Equal(0, value));
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
