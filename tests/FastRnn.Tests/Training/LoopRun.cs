using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>What a run reads, and how.</summary>
public enum LoopKind
{
    /// <summary>Ragged batches in a shuffled order, the last of an epoch smaller.</summary>
    Sequences,

    /// <summary>The same, two batches a step.</summary>
    Accumulated,

    /// <summary>Windows of streams, whose state is carried on.</summary>
    Streams,
}

/// <summary>All objects of a run, made anew each time as a new process would make them.</summary>
internal sealed class LoopRun : ITrainingCallback, IProgress<TrainingProgress>, IDisposable
{
    public const int Steps = 17;

    private readonly Evaluator<LoopText> evaluator;
    private readonly ShuffledBatches held = Sequences(seed: 99);

    public LoopRun(string? checkpoint, LoopKind kind = LoopKind.Sequences, int threads = 1, int? stopAfter = null, int steps = Steps,
        int checkpointEvery = 3, TimeSpan? checkpointInterval = null)
    {
        var streams = kind == LoopKind.Streams;
        Model = new LoopText(seed: 3);
        Trainer = Model.CreateTrainer(new()
        {
            BatchSize = 3,
            SequenceLength = 6,
            Optimizer = streams ? new Sgd(0.1f, momentum: 0.9f) : new AdamW(0.1f),
            ClipNorm = 0.4f,
            Threads = threads,
            Seed = 5,
        });
        evaluator = new Evaluator<LoopText>(Model, new() { BatchSize = 3, SequenceLength = 6, Threads = 1 });
        Batches = streams ? new ContiguousStreams(Tokens(70, 1), 3, 4) : Sequences(seed: 11);
        Options = new()
        {
            Steps = steps,
            BatchesPerStep = kind == LoopKind.Accumulated ? 2 : 1,
            Schedule = streams ? new Warmup(new CosineDecay(0.3, Steps), 4)
                : new Warmup(new ReduceOnPlateau(0.5, factor: 0.5, patience: 0, threshold: 0.05), 2),
            Validate = () => evaluator.MeanLoss(held),
            ValidateEvery = 2,
            EarlyStopping = stopAfter is { } patience ? new EarlyStopping(patience) : null,
            CheckpointPath = checkpoint,
            CheckpointEvery = checkpointEvery,
            CheckpointInterval = checkpointInterval,
            Callbacks = [this],
        };
    }

    public LoopText Model { get; }

    public Trainer<LoopText> Trainer { get; }

    public IBatchSource Batches { get; }

    public TrainingLoopOptions Options { get; }

    /// <summary>What the callbacks saw, with all bits of each number.</summary>
    public List<string> History { get; } = [];

    public List<TrainingProgress> Reports { get; } = [];

    /// <summary>Which of all calls to a callback does not come back.</summary>
    public int? KillAt { get; init; }

    public long? CancelAt { get; init; }

    public CancellationTokenSource Cancellation { get; } = new();

    public TrainingLoop<LoopText> Loop() => new(Trainer, Batches, Options);

    public void OnStep(in TrainingProgress progress)
    {
        Note($"step {progress}");
        if (progress.Step == CancelAt)
            Cancellation.Cancel();
    }

    public void OnValidation(in TrainingProgress progress, bool isBest) => Note($"validation {isBest} {progress}");

    public void OnEpoch(in TrainingProgress progress) => Note($"epoch {progress}");

    public void Report(TrainingProgress value) => Reports.Add(value);

    public void Dispose()
    {
        Trainer.Dispose();
        evaluator.Dispose();
        Cancellation.Dispose();
    }

    public static ShuffledBatches Sequences(long seed, ShuffledBatchesOptions? options = null)
    {
        var data = new SequenceDataset(SequenceFormat.Of(LoopText.Info));
        for (var i = 0; i < 14; i++)
        {
            var tokens = Tokens(2 + (i % 6), i);
            data.Add(new() { Tokens = tokens.AsSpan(0, tokens.Length - 1), TargetTokens = tokens.AsSpan(1) });
        }

        return new ShuffledBatches(data, 3, seed, options);
    }

    public static int[] Tokens(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => (i + random.Next(2)) % 7)];
    }

    private void Note(string what)
    {
        History.Add(what);
        if (History.Count == KillAt)
            throw new TimeoutException("killed");
    }
}
