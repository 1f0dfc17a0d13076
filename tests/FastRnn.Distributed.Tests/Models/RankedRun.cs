using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Distributed.Tests.Models;

/// <summary>The same training for any number of ranks: what is compared, and what mpirun starts.</summary>
internal static class RankedRun
{
    /// <summary>Streams of a batch; not a multiple of most numbers of ranks.</summary>
    public const int Streams = 7;

    private const int Window = 10;

    /// <summary>Windows of streams: states go on, the last window of an epoch is shorter.</summary>
    public static ContiguousStreams Text()
    {
        var random = new Random(5);
        return new ContiguousStreams(
            Enumerable.Range(0, (Streams * 47) + 1).Select(_ => random.Next(11)).ToArray(), Streams, Window);
    }

    /// <summary>A trainer of streams.</summary>
    public static Trainer<StreamText> Stream(
        StreamText model, RankGroup? ranks, int threads = 1, long memory = 0, int positions = 0, float rate = 0.05f) => new(model, new()
        {
            BatchSize = Streams,
            SequenceLength = Window,
            ClipNorm = 0.3f,
            Seed = 3,
            Threads = threads,
            MemoryBytes = memory,
            MaxPositions = positions,
            Optimizer = new Adam(rate),
            Ranks = ranks,
        });

    /// <summary>Pairs of sequences of many lengths.</summary>
    public static ShuffledBatches Pairs()
    {
        var random = new Random(6);
        var data = new SequenceDataset(SequenceFormat.Of(PairTranslator.Info));
        for (var i = 0; i < 23; i++)
        {
            int[] source = [.. Enumerable.Range(0, 1 + random.Next(9)).Select(_ => random.Next(8))];
            int[] target = [.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => random.Next(8))];
            data.Add(new SequenceBatch { SourceTokens = source, Tokens = target, TargetTokens = target });
        }

        return new ShuffledBatches(data, batchSize: 6, seed: 4);
    }

    /// <summary>A batch of two pairs whose targets have these lengths.</summary>
    public static SequenceBatch Pair(int[] lengths) => new()
    {
        SourceTokens = new int[] { 1, 2, 3, 4 },
        SourceLengths = new int[] { 2, 2 },
        Tokens = new int[lengths.Sum()],
        TargetTokens = new int[lengths.Sum()],
        Lengths = lengths,
    };

    /// <summary>A trainer of pairs, two batches of which make one step.</summary>
    public static TrainingLoopResult Translate(PairTranslator model, RankGroup? ranks, int threads, int steps, int positions = 0)
    {
        using var trainer = new Trainer<PairTranslator>(model, new()
        {
            BatchSize = 6,
            SequenceLength = 8,
            SourceLength = 9,
            ClipNorm = 1,
            Seed = 8,
            Threads = threads,
            MaxPositions = positions,
            Optimizer = new AdamW(0.02f),
            Ranks = ranks,
        });
        return trainer.CreateLoop(Pairs(), new() { Steps = steps, BatchesPerStep = 2 }).Run();
    }

    /// <summary>Losses, norms and parameters of steps over streams.</summary>
    public static List<double> Train(Trainer<StreamText> trainer, ContiguousStreams text, int steps)
    {
        var numbers = new List<double>();
        trainer.CreateLoop(text, new() { Steps = trainer.StepCount + steps }).Run(progress =>
        {
            numbers.Add(progress.Result.Loss);
            numbers.Add(progress.Result.GradientNorm);
        });
        numbers.AddRange(trainer.Model.Parameters.ToArray().Select(value => (double)value));
        return numbers;
    }
}
