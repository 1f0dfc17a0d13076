using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Tests.PyTorch;
using FastRnn.Training;

namespace FastRnn.Tests.Ctc;

/// <summary>CTC as the loss of models: PyTorch's numbers, batches of any shape, errors.</summary>
public sealed class CtcTrainingTests
{
    private static readonly int[] Lengths = [12, 7, 5, 3];
    private static readonly int[] Counts = [5, 3, 5, 0];
    private static readonly int[] Labels = [1, 2, 2, 5, 1, 3, 3, 3, 4, 1, 2, 3, 4];

    [Fact]
    public void Losses_and_gradients_are_PyTorchs()
    {
        var golden = GoldenFile.Read("ctc");
        var z = Array.ConvertAll(golden["z"], v => (float)v);
        foreach (var width in TestWidths.All)
        {
            var model = Identity<CtcSum>(width);
            using var pass = new RecordedPass(
                ((IModel<CtcSum>)model).Store.Core, RunSizes.OfRecording(CtcSum.Info, new() { BatchSize = 4, SequenceLength = 12 }),
                keepsStateGradients: false);
            pass.Forward(new SequenceBatch { X = z, Lengths = Lengths }, new float[z.Length], wantsOutputs: true);
            var loss = pass.BackwardFromLoss(
                new SequenceBatch { X = z, Lengths = Lengths, TargetTokens = Labels, TargetLengths = Counts });
            var dX = new float[z.Length];
            pass.ReadInputGradient(dX);
            Assert.Equal(golden["loss"].Sum(), loss, 1e-6 * loss);
            Closeness.AssertClose("gradient", golden["grad"], dX, 4e-7);
        }

        var outputs = golden["z"].Chunk(CtcSum.Classes).ToArray();
        for (var (b, begin) = (0, 0); b < 4; begin += Lengths[b], b++)
        {
            var labels = Labels.Skip(Counts.Take(b).Sum()).Take(Counts[b]).ToArray();
            Assert.Equal(golden["loss"][b], ReferenceCtc.Of(outputs[begin..(begin + Lengths[b])], labels), 1e-12);
        }
    }

    [Fact]
    public void Losses_of_a_batch_are_those_of_its_sequences_and_weights_multiply_them()
    {
        var z = Array.ConvertAll(GoldenFile.Read("ctc")["z"], v => (float)v);
        using var evaluator = new Evaluator<CtcMean>(Identity<CtcMean>(SimdWidth.Auto), new() { BatchSize = 4, SequenceLength = 12 });
        var metrics = new EvaluationMetrics();
        var (sum, weight, begin, said) = (0.0, 0.0, 0, 0);
        float[] weights = [1, 0.5f, 0, 2];
        for (var b = 0; b < 4; b++)
        {
            var alone = evaluator.Evaluate(new SequenceBatch
            {
                X = z.AsSpan(begin * CtcSum.Classes, Lengths[b] * CtcSum.Classes),
                Lengths = [Lengths[b]],
                TargetTokens = Labels.AsSpan(said, Counts[b]),
                TargetLengths = [Counts[b]],
            });
            (begin, said) = (begin + Lengths[b], said + Counts[b]);
            sum += alone.Sum * weights[b];
            weight += weights[b];
        }

        // The labels of the sequence that does not count may be anything.
        int[] labels = [.. Labels];
        labels[8] = -7;
        var batch = new SequenceBatch { X = z, Lengths = Lengths, TargetTokens = labels, TargetLengths = Counts, Weights = weights };
        var all = evaluator.Evaluate(batch, metrics);
        Assert.Equal((sum, weight), (all.Sum, all.Weight));

        var errors = Enumerable.Range(0, 4).Where(b => b != 2).Sum(b => weights[b] * Errors(z, b));
        Assert.Equal(errors / (5 + (0.5 * 3)), metrics.SymbolErrorRate, 1e-12);
        Assert.Equal(all.PerPosition, metrics.Loss);
    }

    [Fact]
    public void Bits_depend_on_neither_threads_nor_widths_nor_layout_nor_room()
    {
        var expected = Train(new() { Threads = 1 }, SimdWidth.Auto, batch => batch);
        foreach (var width in TestWidths.All)
        {
            Bits.AssertSame("width", expected, Train(new(), width, batch => batch));
            Bits.AssertSame("threads", expected, Train(new() { Threads = 3 }, width, batch => batch));
        }

        Bits.AssertSame("groups", expected, Train(new() { MaxPositions = 16 }, SimdWidth.Auto, batch => batch));
        Bits.AssertSame("a budget", expected, Train(new() { MemoryBytes = 340_000 }, SimdWidth.Auto, batch => batch));
        Bits.AssertSame("few labels", expected, Train(new() { TargetLength = 5 }, SimdWidth.Auto, batch => batch));
        Bits.AssertSame("padded", expected, Train(new(), SimdWidth.Auto, Padded));
    }

    [Fact]
    public void What_cannot_be_said_is_an_error_that_names_the_sequence_or_does_not_count()
    {
        int[] labels = [1, 2, 3, 3];
        var x = new float[7 * CtcSum.Classes];
        SequenceBatch Batch() => new() { X = x, Lengths = [5, 2], TargetTokens = labels, TargetLengths = [2, 2] };
        using var strict = new Evaluator<CtcSum>(new CtcSum(1), new() { BatchSize = 2, SequenceLength = 5 });
        var message = Assert.Throws<ArgumentException>(() => strict.Evaluate(Batch())).Message;
        Assert.Contains("sequence 1: its 2 labels take at least 3 steps, and it has 2", message, StringComparison.Ordinal);

        using var tolerant = new Evaluator<CtcMean>(new CtcMean(1), new() { BatchSize = 2, SequenceLength = 5 });
        var both = tolerant.Evaluate(Batch());
        var first = tolerant.Evaluate(new() { X = x.AsSpan(0, 5 * CtcSum.Classes), Lengths = [5], TargetTokens = [1, 2] });
        Assert.Equal((first.Sum, 1.0), (both.Sum, both.Weight));
    }

    [Fact]
    public void Wrong_labels_are_refused_by_name()
    {
        using var evaluator = new Evaluator<CtcSum>(
            new CtcSum(1), new() { BatchSize = 2, SequenceLength = 5, TargetLength = 3 });
        Says("[U_0 + U_1 + ...]", [1, 2, 3], [1, 1]);
        Says("Sequence 1, label 0: expected one from 1 to 5 (0 is the blank), got 0", [1, 0], [1, 1]);
        Says("Sequence 0, label 1: expected one from 1 to 5 (0 is the blank), got 6", [1, 6, 1], [2, 1]);
        Says("sequence 0: expected 0 to 3 labels (TargetLength), got 4", [1, 2, 1, 2, 1], [4, 1]);
        Says("sequence 1: expected 0 to 3 labels (TargetLength), got -1", [1], [2, -1]);
        Says("expected 2 sequences", [1], [1]);
        Says("[B, U]: expected a multiple of 2", [1, 2, 3], []);
        Assert.Contains(
            "its targets are labels", Assert.Throws<InvalidOperationException>(() => evaluator.Evaluate(
                new() { X = new float[10 * CtcSum.Classes], Lengths = [5, 5], Targets = [1] })).Message, StringComparison.Ordinal);

        void Says(string expected, int[] labels, int[] counts) => Assert.Contains(
            expected, Assert.ThrowsAny<ArgumentException>(() => evaluator.Evaluate(new()
            {
                X = new float[10 * CtcSum.Classes],
                Lengths = [5, 5],
                TargetTokens = labels,
                TargetLengths = counts,
            })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_for_no_other_loss()
    {
        using var evaluator = new Evaluator<EmbeddedText>(new EmbeddedText(1), new() { BatchSize = 1, SequenceLength = 2 });
        Assert.Contains(
            "TargetLengths: EmbeddedText is trained with SoftmaxCrossEntropy",
            Assert.Throws<ArgumentException>(() => evaluator.Evaluate(
                new() { Tokens = [1, 2], Lengths = [2], TargetTokens = [1, 2], TargetLengths = [2] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_set_holds_labels_and_a_loop_learns_them()
    {
        var data = new SequenceDataset(SequenceFormat.Of(CtcReader.Info));
        var random = new Random(5);
        for (var i = 0; i < 24; i++)
        {
            // A label is three steps of its own number, after one or two of silence.
            int[] labels = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 4))];
            int[] steps = [0, .. labels.SelectMany(label => (int[])[label, label, label, 0])];
            float[] x = [.. steps.SelectMany(s => (float[])[s == 1 ? 1 : 0, s == 2 ? 1 : 0, s == 3 ? 1 : 0])];
            data.Add(new() { X = x, TargetTokens = labels });
        }

        Assert.Equal(3, data.MaxTargetLength);
        Assert.Throws<ArgumentException>(() => data.Add(new() { X = [0, 0, 0], TargetTokens = [0] }));
        var model = new CtcReader(seed: 1);
        using var trainer = model.CreateTrainer(
            new() { BatchSize = 8, SequenceLength = data.MaxLength, TargetLength = 3, Optimizer = new Adam(0.03f) });
        var loop = new TrainingLoop<CtcReader>(trainer, new ShuffledBatches(data, 8, seed: 2), new() { Steps = 150 });
        loop.Run();
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 8, SequenceLength = data.MaxLength, TargetLength = 3 });
        var metrics = new EvaluationMetrics();
        evaluator.MeanLoss(new ShuffledBatches(data, 8, seed: 2), metrics);
        Assert.Equal(0, metrics.SymbolErrorRate);
    }

    private static int Errors(float[] z, int sequence)
    {
        var begin = Lengths.Take(sequence).Sum();
        var said = new int[Lengths[sequence]];
        var count = CtcDecoder.Greedy(
            z.AsSpan(begin * CtcSum.Classes, Lengths[sequence] * CtcSum.Classes), CtcSum.Classes, said);
        return CtcDecoder.Errors(said.AsSpan(0, count), Labels.AsSpan(Counts.Take(sequence).Sum(), Counts[sequence]));
    }

    private delegate SequenceBatch Layout(SequenceBatch batch);

    private static float[] Train(TrainerOptions options, SimdWidth width, Layout layout)
    {
        var model = TestModel<CtcReader>.Create(width);
        using var trainer = new Trainer<CtcReader>(
            model, options with { BatchSize = 4, SequenceLength = 12, Optimizer = new Sgd(0.1f) });
        var x = Experiment.Numbers(new Random(8), Lengths.Sum() * 3, 1);
        int[] labels = [1, 2, 2, 3, 1, 3, 3, 3, 2, 1, 2, 3, 1];
        for (var step = 0; step < 3; step++)
            trainer.Step(layout(new() { X = x, Lengths = Lengths, TargetTokens = labels, TargetLengths = Counts }));
        return model.Parameters.ToArray();
    }

    private static SequenceBatch Padded(SequenceBatch batch)
    {
        var padded = new float[12 * 4 * 3];
        padded.AsSpan().Fill(float.NaN);
        for (var (b, at) = (0, 0); b < 4; b++)
        {
            for (var t = 0; t < Lengths[b]; t++, at += 3)
                batch.X.Slice(at, 3).CopyTo(padded.AsSpan(((t * 4) + b) * 3));
        }

        return new()
        {
            X = padded,
            Lengths = Lengths,
            IsPadded = true,
            TargetTokens = batch.TargetTokens,
            TargetLengths = batch.TargetLengths,
        };
    }

    private static TModel Identity<TModel>(SimdWidth width)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(width);
        using var edit = model.Store.Edit();
        for (var i = 0; i < CtcSum.Classes * CtcSum.Classes; i++)
            edit.Parameters[i] = i % (CtcSum.Classes + 1) == 0 ? 1 : 0;
        return model;
    }
}
