using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

/// <summary>Batches at the edge of the memory, and what is left of a pass after the next one was refused.</summary>
public sealed class RefusedPassTests
{
    /// <summary>Nearly all sequences have the largest length: one block of steps more than a batch of one length.</summary>
    [Theory]
    [InlineData(5, 5, 4)]
    [InlineData(4, 5, 5)]
    [InlineData(1, 2, 5)]
    [InlineData(3, 4, 5)]
    public void A_batch_of_any_lengths_is_one_pass(int first, int second, int third)
    {
        int[] lengths = [first, second, third];
        var batch = StructuredBatch.Random(EmbeddedText.Info, lengths, [], seed: 4, masks: false);
        var model = new EmbeddedText(seed: 5);
        var options = new RunOptions { BatchSize = 3, SequenceLength = 5, Threads = 2 };
        var (y, expected) = (new float[batch.OutputCount], new float[batch.OutputCount]);
        using var predictor = model.CreatePredictor(options);
        predictor.Run(batch.Input, expected);
        using var bptt = new Bptt<EmbeddedText>(model, options);
        bptt.Forward(batch.Input, y);
        Bits.AssertSame("outputs", expected, y);
        using var inspector = new Inspector<EmbeddedText>(model, options);
        inspector.Forward(batch.Input);
        inspector.BackwardFromLoss(batch.TargetTokens);
        Assert.Equal(5, inspector.Steps);
    }

    [Theory]
    [InlineData(5, 5, 4)]
    [InlineData(4, 5, 5)]
    [InlineData(5, 4, 3)]
    public void A_generator_reads_sources_of_any_lengths(int first, int second, int third)
    {
        int[] lengths = [first, second, third];
        var batch = StructuredBatch.Random(Translator.Info, [4, 4, 4], lengths, seed: 6, masks: false);
        var model = new Translator(seed: 7);
        using var predictor = model.CreatePredictor(new() { BatchSize = 3, SequenceLength = 4, SourceLength = 5 });
        using var generator = model.CreateGenerator(new() { BatchSize = 3, SourceLength = 5, MaxPositions = 5 });
        var size = Translator.Info.OutputSize;
        var (whole, y) = (new float[batch.OutputCount], new float[3 * size]);
        predictor.Run(batch.Input, whole);
        generator.Start(new SequenceBatch { SourceTokens = batch.SourceTokens, SourceLengths = lengths });
        for (var t = 0; t < 4; t++)
        {
            generator.Step([.. Enumerable.Range(0, 3).Select(b => batch.Tokens[(b * 4) + t])], y);
            for (var b = 0; b < 3; b++)
                Assert.Equal(whole.AsSpan(((b * 4) + t) * size, size), y.AsSpan(b * size, size));
        }
    }

    [Fact]
    public void After_a_refused_pass_nothing_of_the_last_one_is_read()
    {
        var model = new EmbeddedText(seed: 8);
        using var bptt = new Bptt<EmbeddedText>(model, new() { BatchSize = 4, SequenceLength = 20, Threads = 1 });
        var outputs = EmbeddedText.Info.OutputSize;
        bptt.Forward(new SequenceBatch { Tokens = new int[40], Lengths = [20, 20] }, new float[40 * outputs]);
        bptt.Backward(new float[40 * outputs]);

        Assert.Throws<ArgumentException>(() => bptt.Forward(new int[80], new float[1]));

        Assert.Throws<InvalidOperationException>(() => bptt.Backward(new float[80 * outputs]));
        Assert.Throws<InvalidOperationException>(() => bptt.GetInputGradient(new float[40 * EmbeddedText.Info.InputSize]));
        Assert.Throws<InvalidOperationException>(() => bptt.GetStateGradient(0, 0, new float[4 * 17]));
    }

    /// <summary>A missing input is a vector of zeros, and no token's.</summary>
    [Fact]
    public void A_missing_input_has_no_gradient_in_a_pass_by_hand()
    {
        var model = new EmbeddedText(seed: 9);
        var (tokens, targets) = (new int[6] { 1, 2, 3, 4, 5, 6 }, new int[6] { 2, 3, 4, 5, 6, 7 });
        bool[] present = [true, false, true, true, false, true];
        using var trainer = model.CreateTrainer(new() { BatchSize = 2, SequenceLength = 3, Optimizer = new Sgd(1e-3f), Threads = 2 });
        trainer.Accumulate(new SequenceBatch { Tokens = tokens, TargetTokens = targets, Present = present });
        using var bptt = new Bptt<EmbeddedText>(model, new() { BatchSize = 2, SequenceLength = 3, Threads = 2 });
        var outputs = EmbeddedText.Info.OutputSize;
        var (y, dX) = (new float[6 * outputs], new float[6 * EmbeddedText.Info.InputSize]);
        bptt.Forward(new SequenceBatch { Tokens = tokens, Present = present }, y);
        bptt.Backward(Gradient(y, targets, outputs));
        bptt.GetInputGradient(dX);

        for (var i = 0; i < 6; i++)
        {
            var any = dX.AsSpan(i * EmbeddedText.Info.InputSize, EmbeddedText.Info.InputSize).ContainsAnyExcept(0);
            Assert.Equal(present[i], any);
        }

        // Token 0 is where a missing one would be added.
        Assert.False(bptt.Gradients[..EmbeddedText.Info.InputSize].ContainsAnyExcept(0));
        for (var i = 0; i < trainer.Gradients.Length; i++)
            Assert.Equal(trainer.Gradients[i], bptt.Gradients[i], 1e-4f);
    }

    [Fact]
    public void An_edit_outlives_its_model_and_ends_once()
    {
        var model = new EmbeddedText(seed: 10);
        var session = model.CreateSession();
        var edit = model.Edit();
        var copy = edit;
        Assert.Contains("is being edited already", Assert.Throws<InvalidOperationException>(() => model.Edit().Dispose()).Message,
            StringComparison.Ordinal);
        model.Dispose();
        session.Dispose();
        edit.Parameters[0] = 1;
        edit.Dispose();
        copy.Dispose();
        default(ParameterEdit).Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Edit().Dispose());
    }

    [Fact]
    public void Room_for_less_than_a_step_of_a_window_is_refused() => Assert.Contains(
        "MaxPositions",
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddedText(seed: 1).CreateTrainer(
            new() { BatchSize = 64, SequenceLength = 20, MaxPositions = 32, Optimizer = new Sgd(0.1f) })).Message,
        StringComparison.Ordinal);

    private static float[] Gradient(float[] logits, int[] targets, int outputs)
    {
        var gradient = new float[logits.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            var row = logits.AsSpan(i * outputs, outputs).ToArray().Select(z => Math.Exp(z)).ToArray();
            for (var o = 0; o < outputs; o++)
                gradient[(i * outputs) + o] = (float)((row[o] / row.Sum()) - (o == targets[i] ? 1 : 0));
        }

        return gradient;
    }
}
