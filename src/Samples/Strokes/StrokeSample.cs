using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Strokes;

/// <summary>Numbers written by hand are read, though nothing ever said where a digit begins or ends.</summary>
internal sealed class StrokeSample : ISample
{
    private const int BatchSize = 32, BeamWidth = 8;

    public string Name => "strokes";

    public string Summary => "a bidirectional LSTM reads numbers written by hand, taught by CTC without places of digits";

    public void Run(SampleRun run)
    {
        var lessons = Draw(run.Seed, run.Pick(full: 6000, quick: 1500));
        var unseen = Draw(-1 - run.Seed, run.Pick(full: 2000, quick: 300));
        run.Say($"{lessons.Count} numbers of 3 to {Handwriting.MostDigits} digits, {lessons.MinLength} to {lessons.MaxLength} movements");
        var model = new StrokeModel(run.Seed);
        using (var trainer = model.CreateTrainer(new()
        {
            BatchSize = BatchSize,
            SequenceLength = lessons.MaxLength,
            TargetLength = Handwriting.MostDigits,
            ClipNorm = 5,
        }))
        {
            run.Train(trainer, new ShuffledBatches(lessons, BatchSize, run.Seed), new(
                Full: 1500, Quick: 350, Peak: 1e-2, Last: 1e-5, "nats a number"));
        }

        using var evaluator = model.CreateEvaluator(
            new() { BatchSize = BatchSize, SequenceLength = unseen.MaxLength, TargetLength = Handwriting.MostDigits });
        var metrics = new EvaluationMetrics();
        evaluator.MeanLoss(new ShuffledBatches(unseen, BatchSize, seed: 0, new() { Shuffle = false }), metrics);
        var (exact, wrong) = Search(model, unseen);
        run.Tell("nats a number", metrics.Loss);
        run.AtMost("digits wrong, most probable way", metrics.SymbolErrorRate, full: 0.03, quick: 0.15, "p2");
        run.AtMost("digits wrong, beam search", wrong, full: 0.03, quick: 0.15, "p2");
        run.Tell("numbers exactly right, beam search", exact, "p1");
    }

    /// <summary>Numbers with their labels.</summary>
    internal static SequenceDataset Draw(long seed, int count)
    {
        var (random, data) = (new RandomSource(seed), new SequenceDataset(SequenceFormat.Of(StrokeModel.Info)));
        for (var i = 0; i < count; i++)
        {
            var number = Handwriting.Draw(random);
            data.Add(new() { X = number.Pen, TargetTokens = number.Labels });
        }

        return data;
    }

    /// <summary>The part of numbers that are right as a whole, and the part of digits that are not.</summary>
    private static (double Exact, double Wrong) Search(StrokeModel model, SequenceDataset data)
    {
        using var predictor = model.CreatePredictor(new() { BatchSize = 1, SequenceLength = data.MaxLength });
        var (y, said) = (new float[data.MaxLength * Handwriting.Classes], new int[data.MaxLength]);
        var (exact, errors, digits) = (0, 0, 0);
        for (var i = 0; i < data.Count; i++)
        {
            var outputs = y.AsSpan(0, data.LengthOf(i) * Handwriting.Classes);
            predictor.Run(new SequenceBatch { X = data[i].X }, outputs);
            var count = CtcDecoder.BeamSearch(outputs, Handwriting.Classes, BeamWidth, said, out _);
            var wrong = CtcDecoder.Errors(said.AsSpan(0, count), data[i].TargetTokens);
            (exact, errors, digits) = (exact + (wrong == 0 ? 1 : 0), errors + wrong, digits + data.TargetLengthOf(i));
        }

        return (exact / (double)data.Count, errors / (double)digits);
    }
}
