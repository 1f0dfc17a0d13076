using System.Diagnostics;

using FastRnn.Compiler;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Tables.Training;

/// <summary>Trains a model until the validation loss falls no more, and leaves it as it was at its best.</summary>
internal sealed class TrainingJob : ITrainingCallback, IDisposable
{
    private const float ClipNorm = 1;
    private const int UsualSteps = 64;
    private readonly CompiledModel model;
    private readonly TableOptions options;
    private readonly IProgress<TableProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource stop;
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<TableProgress> epochs = [];
    private float[]? best;
    private double validationLoss;
    private bool isBest;

    public TrainingJob(CompiledModel model, TableOptions options, IProgress<TableProgress>? progress, CancellationToken cancellation)
    {
        (this.model, this.options, this.progress) = (model, options, progress);
        this.cancellation = cancellation;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>The losses of all epochs.</summary>
    public IReadOnlyList<TableProgress> Epochs => epochs;

    /// <summary>How it ended.</summary>
    public TrainingEnd End { get; private set; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Trains.</summary>
    /// <param name="training">What is learned.</param>
    /// <param name="validation">What chooses when to stop.</param>
    /// <param name="classWeights">What each class counts; empty if all count 1.</param>
    /// <exception cref="NonFiniteLossException">The loss is no number any more; the model is as it was at its best.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first validation.</exception>
    public void Run(SequenceDataset training, SequenceDataset validation, IReadOnlyList<float> classWeights)
    {
        var batch = options.BatchSize > 0 ? options.BatchSize : Math.Clamp(training.Count / UsualSteps, 4, 64);
        batch = Math.Min(batch, training.Count);
        var batches = new ShuffledBatches(training, batch, options.Seed);
        var measured = new ShuffledBatches(validation, Math.Min(64, validation.Count), options.Seed, new() { Shuffle = false });
        var steps = (long)batches.BatchesPerEpoch * options.Epochs;
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = batch,
            SequenceLength = training.MaxLength,
            Optimizer = new Adam(options.LearningRate),
            ClipNorm = ClipNorm,
            Seed = options.Seed,
            Threads = options.Threads,
            ClassWeights = classWeights,
            Ranks = options.Ranks,
        });
        using var evaluator = model.CreateEvaluator(new()
        {
            BatchSize = measured.BatchSize,
            SequenceLength = validation.MaxLength,
            Threads = options.Threads,
            ClassWeights = classWeights,
        });
        var loop = trainer.CreateLoop(batches, new()
        {
            Epochs = options.Epochs,
            Schedule = new Warmup(
                new CosineDecay(options.LearningRate, steps, options.LearningRate / 20), Math.Max(1, Math.Min(50, steps / 10))),
            Validate = () => validationLoss = evaluator.MeanLoss(measured),
            EarlyStopping = new EarlyStopping(options.Patience, restoreBest: false),
            Callbacks = [this],
        });
        try
        {
            End = loop.Run(cancellation: stop.Token).End;
            if (best is null)
                cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (best is not null)
            {
                using var edit = model.Edit();
                best.CopyTo(edit.Parameters);
            }
        }
    }

    public void Dispose() => stop.Dispose();

    void ITrainingCallback.OnStep(in TrainingProgress status)
    {
        if (Stopwatch.GetElapsedTime(began) >= (options.TimeLimit ?? TimeSpan.MaxValue))
            stop.Cancel();
    }

    void ITrainingCallback.OnValidation(in TrainingProgress status, bool isBest)
    {
        this.isBest = isBest;
        if (!isBest)
            return;
        best ??= new float[model.Parameters.Length];
        model.Parameters.CopyTo(best);
    }

    void ITrainingCallback.OnEpoch(in TrainingProgress status)
    {
        epochs.Add(new((int)status.Epoch + 1, options.Epochs, status.EpochLoss, validationLoss, isBest));
        progress?.Report(epochs[^1]);
    }
}
