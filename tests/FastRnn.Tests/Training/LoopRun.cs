using FastRnn.Cells;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

[Model, Embedding(Vocabulary = 7, Size = 5), Layer<Lstm>(9), Dense(7), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class LoopText;

/// <summary>All objects of a run, made anew each time as a new process would make them.</summary>
internal sealed class LoopRun : ITrainingCallback, IProgress<TrainingProgress>, IDisposable
{
    public const int Steps = 17;

    private readonly Evaluator<LoopText> evaluator;
    private readonly int[] held = Tokens(24, 99);

    public LoopRun(string? checkpoint, bool streams = false, int threads = 1, int? stopAfter = null)
    {
        Model = new LoopText(seed: 3);
        Trainer = Model.CreateTrainer(new()
        {
            BatchSize = 3,
            SequenceLength = 4,
            Optimizer = streams ? new Sgd(0.1f, momentum: 0.9f) : new AdamW(0.1f),
            ClipNorm = 0.4f,
            Threads = threads,
        });
        evaluator = new Evaluator<LoopText>(Model, batchSize: 4, sequenceLength: 3, threads: 1);
        Batches = streams ? new ContiguousStreams(Tokens(70, 1), 3, 4) : Sequences(seed: 11);
        Options = new()
        {
            Steps = Steps,
            Schedule = streams ? new Warmup(new CosineDecay(0.3, Steps), 4) : new Warmup(new ReduceOnPlateau(0.5, factor: 0.5, patience: 0, threshold: 0.05), 2),
            Validate = Validate,
            ValidateEvery = 2,
            EarlyStopping = stopAfter is { } patience ? new EarlyStopping(patience) : null,
            CheckpointPath = checkpoint,
            CheckpointEvery = 3,
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

    public static ShuffledBatches Sequences(long seed)
    {
        var data = new SequenceDataset(new() { Vocabulary = 7, TargetVocabulary = 7 });
        for (var i = 0; i < 14; i++)
        {
            var tokens = Tokens(5, i);
            data.Add(new() { Tokens = tokens.AsSpan(0, 4), TargetTokens = tokens.AsSpan(1) });
        }

        return new ShuffledBatches(data, 3, seed, new() { Layout = BatchLayout.Equal, DropLast = true });
    }

    private void Note(string what)
    {
        History.Add(what);
        if (History.Count == KillAt)
            throw new TimeoutException("killed");
    }

    private double Validate()
    {
        evaluator.ResetState();
        return evaluator.LossSum(held.AsSpan(0, 12), held.AsSpan(12)) / 12;
    }

    private static int[] Tokens(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => (i + random.Next(2)) % 7)];
    }
}
