using System.Numerics.Tensors;

using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Movements;

/// <summary>Movements of 20 to 120 readings are told apart, against networks that see only a summary of them.</summary>
internal sealed class MovementSample : ISample
{
    private const int BatchSize = 32;

    public string Name => "movements";

    public string Summary => "a bidirectional GRU tells movements of a sensor apart, against summaries of them";

    public void Run(SampleRun run)
    {
        var lessons = Draw(run.Seed, run.Pick(full: 4000, quick: 800));
        var unseen = Draw(-1 - run.Seed, run.Pick(full: 4000, quick: 800));
        var (sequences, unseenSequences) = (Sequences(lessons), Sequences(unseen));
        var kinds = MovementMaker.Classes.Count;
        run.Say($"{lessons.Count} recordings of {sequences.MinLength} to {sequences.MaxLength} readings, {kinds} kinds of movement");

        var linear = new PooledBaseline(lessons);
        var linearAccuracy = unseen.Average(movement => linear.Classify(movement) == movement.Class ? 1.0 : 0);

        var pooled = new PooledModel(run.Seed);
        using (var trainer = pooled.CreateTrainer(Options(1)))
        {
            Train(run, trainer, Summaries(sequences), "summary");
        }

        var model = Learn(run, sequences);
        var pooledAccuracy = Accuracy(pooled, Summaries(unseenSequences));
        var accuracy = Accuracy(model, unseenSequences);
        run.Tell("accuracy of a linear classifier on a summary", linearAccuracy, "p2");
        run.Tell("accuracy of a network on a summary", pooledAccuracy, "p2");
        run.AtLeast("accuracy of the model", accuracy, full: 0.99, quick: 0.9, "p2");
        run.AtMost("model's errors in parts of the best summary's", (1 - accuracy) / (1 - Math.Max(linearAccuracy, pooledAccuracy)),
            full: 0.05, quick: 0.25, "p1");
    }

    /// <summary>A model that has learned recordings.</summary>
    internal static MovementModel Learn(SampleRun run, SequenceDataset lessons)
    {
        var model = new MovementModel(run.Seed);
        using var trainer = model.CreateTrainer(Options(MovementMaker.Longest));
        Train(run, trainer, lessons, "model");
        return model;
    }

    private static TrainerOptions Options(int sequenceLength) =>
        new() { BatchSize = BatchSize, SequenceLength = sequenceLength, ClipNorm = 1 };

    /// <summary>The same for both networks: batches of whole sequences, of any lengths, in another order each time.</summary>
    private static void Train<TModel>(SampleRun run, Trainer<TModel> trainer, SequenceDataset lessons, string phase)
        where TModel : class, IModel<TModel> =>
        run.Train(trainer, new ShuffledBatches(lessons, BatchSize, run.Seed), new(
            Full: 2000, Quick: 250, Peak: 5e-3, Last: 1e-5, "cross-entropy")
        {
            Phase = phase,
            Share = 0.5,
        });

    /// <summary>The part of all recordings that a model names right.</summary>
    internal static double Accuracy<TModel>(TModel model, SequenceDataset data, RunOptions? options = null)
        where TModel : class, IModel<TModel>
    {
        using var predictor =
            new Predictor<TModel>(model, (options ?? new()) with { BatchSize = BatchSize, SequenceLength = data.MaxLength });
        var batches = new ShuffledBatches(data, BatchSize, seed: 0, new() { Shuffle = false });
        var scores = new float[BatchSize * MovementMaker.Classes.Count];
        var right = 0;
        for (var i = 0; i < batches.BatchesPerEpoch; i++)
        {
            var batch = batches.Next();
            var y = scores.AsSpan(0, batch.Lengths.Length * MovementMaker.Classes.Count);
            predictor.Run(batch, y);
            for (var row = 0; row < batch.Lengths.Length; row++)
            {
                var answer = TensorPrimitives.IndexOfMax(y.Slice(row * MovementMaker.Classes.Count, MovementMaker.Classes.Count));
                right += answer == batch.TargetTokens[row] ? 1 : 0;
            }
        }

        return right / (double)data.Count;
    }

    internal static List<Movement> Draw(long seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MovementMaker.Draw(random))];
    }

    /// <summary>One target a sequence.</summary>
    internal static SequenceDataset Sequences(List<Movement> movements)
    {
        var data =
            new SequenceDataset(new() { InputSize = Movement.Channels, TargetVocabulary = MovementMaker.Classes.Count, OneTarget = true });
        foreach (var movement in movements)
        {
            data.Add(new() { X = movement.X, TargetTokens = [movement.Class] });
        }

        return data;
    }

    /// <summary>Each sequence in one step: mean, maximum and last reading.</summary>
    private static SequenceDataset Summaries(SequenceDataset sequences)
    {
        float[][] parts = [SequencePooling.Mean(sequences), SequencePooling.Max(sequences), SequencePooling.Last(sequences)];
        var data =
            new SequenceDataset(new() { InputSize = parts.Length * Movement.Channels, TargetVocabulary = MovementMaker.Classes.Count });
        for (var i = 0; i < sequences.Count; i++)
        {
            data.Add(new()
            {
                X = [.. parts.SelectMany(part => part.Skip(i * Movement.Channels).Take(Movement.Channels))],
                TargetTokens = sequences[i].TargetTokens
            });
        }

        return data;
    }
}
