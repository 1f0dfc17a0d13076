using System.Diagnostics;

using FastRnn.Data;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>A run of training: epochs of batches, a learning rate for each step, validation, early stopping, callbacks, progress, and a
/// checkpoint. Killed at any moment and resumed from its last checkpoint, it ends with the same bits as the unbroken run: parameters,
/// optimizer, data order, losses.</summary>
/// <remarks>Trainer, model, batches and options are made anew, with the same numbers, before <see cref="Resume"/>. Nothing is allocated for
/// a step after the first epoch, but by callbacks and validation.</remarks>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed partial class TrainingLoop<TModel>
    where TModel : class, IModel<TModel>
{
    private readonly Trainer<TModel> trainer;
    private readonly IBatchSource batches;
    private readonly TrainingLoopOptions options;

    /// <summary>Early stopping, or what notes the best loss where there is no early stopping.</summary>
    private readonly EarlyStopping stopping;

    private readonly ValidationHistory history;
    private float[]? bestParameters;
    private ITrainingCallback[]? callbacks;
    private double epochLoss;
    private int epochSteps;
    private UseMark use;
    private bool hasBegun;
    private bool isResumed;
    private double? validationLoss;
    private TrainingResult result;
    private TrainingLoopResult? ended;

    /// <summary>Prepares a run; nothing is done yet.</summary>
    /// <param name="trainer">Trains; the caller disposes of it.</param>
    /// <param name="batches">What it reads.</param>
    /// <param name="options">How long, and what belongs to it.</param>
    /// <exception cref="ArgumentException">There is no end, or what needs a validation loss has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TrainingLoop(Trainer<TModel> trainer, IBatchSource batches, TrainingLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        this.trainer = trainer;
        this.batches = batches;
        this.options = options;
        stopping = options.EarlyStopping ?? new EarlyStopping(int.MaxValue, restoreBest: false);
        history = new ValidationHistory(TModel.Info, options);
    }

    private RankGroup? Ranks => trainer.Options.Ranks;

    private int? ValidateEvery => history.IsMeasured ? options.ValidateEvery : null;

    private double MeanEpochLoss => epochSteps > 0 ? epochLoss / epochSteps : 0;

    private bool IsDone => trainer.StepCount >= (options.Steps ?? long.MaxValue)
        || batches.Position / batches.BatchesPerEpoch >= (options.Epochs ?? long.MaxValue);

    /// <summary>Trains until the end, until there is no more progress, or until it is cancelled; then writes the last checkpoint. After a
    /// cancellation it may be called again, and goes on.</summary>
    /// <param name="progress">Told after each step, and after its validation if there is one.</param>
    /// <param name="cancellation">Looked at after each step.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="NonFiniteLossException">The loss is no number. The last checkpoint is left.</exception>
    /// <exception cref="InvalidOperationException">A batch continues the one before it, and is more than a window, or one of several a
    /// step; or another thread is in the loop, or in its trainer, or changes the model.</exception>
    /// <exception cref="Files.ModelFileException">A checkpoint cannot be written; the one before it is left.</exception>
    /// <exception cref="ArgumentException">A batch does not fit the model or the trainer, or a parameter or moment is not finite when a
    /// checkpoint is due; the one before it is left.</exception>
    public TrainingLoopResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var held = use.Hold(this);
        if (ended is not null)
            return ended;

        lastSave = Stopwatch.GetTimestamp();
        RankCheck.OfLoop(Ranks, Source, batches.Position, options);
        if (!hasBegun && !isResumed)
        {
            begin = new LoopBegin(trainer.StepCount, batches.Position, batches.BatchesPerEpoch, ValidateEvery);

            // What an earlier run measured is none of this one's, as Keras has it too.
            stopping.Restore(stopping.None, 0, 0);
        }

        while (!IsDone && !stopping.ShouldStop && !Ranks.Decide(cancellation.IsCancellationRequested))
            Step(progress);
        if (options.CheckpointPath is not null && !isSaved)
            Save();

        var end = IsDone ? TrainingEnd.Finished : stopping.ShouldStop ? TrainingEnd.StoppedEarly : TrainingEnd.Cancelled;
        var hasBest = end != TrainingEnd.Cancelled && stopping.RestoreBest && bestParameters is not null;
        if (hasBest)
        {
            using var edit = trainer.Model.Store.Edit();
            bestParameters.CopyTo(edit.Parameters);
        }

        var ending = new TrainingLoopResult(
            end, trainer.StepCount, validationLoss, stopping.BestStep > 0 ? stopping.Best : null, stopping.BestStep, hasBest)
        {
            History = [.. history.Results],
        };
        return end == TrainingEnd.Cancelled ? ending : ended = ending;
    }

    /// <summary>The same, with a function that is told, on the thread of the run.</summary>
    /// <inheritdoc cref="Run(IProgress{TrainingProgress}, CancellationToken)"/>
    public TrainingLoopResult Run(Action<TrainingProgress> progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return Run(new ProgressAction(progress), cancellation);
    }

    private void Step(IProgress<TrainingProgress>? listener)
    {
        if (options.Schedule is { } schedule)
            trainer.Options.Optimizer.LearningRate = (float)schedule.At(trainer.StepCount);
        isSaved = false;
        result = options.BatchesPerStep == 1
            ? BatchSteps.Step(trainer, batches)
            : BatchSteps.Step(trainer, batches,
                (int)Math.Min(options.BatchesPerStep, batches.BatchesPerEpoch - (batches.Position % batches.BatchesPerEpoch)));
        hasBegun = true;
        if (result.Weight > 0)
        {
            epochLoss += result.LossPerPosition;
            epochSteps++;
        }

        var progress = Progress();
        foreach (var callback in Callbacks)
            callback.OnStep(progress);
        var epochEnds = batches.Position % batches.BatchesPerEpoch == 0;
        if (history.IsMeasured && IsDue(options.ValidateEvery, epochEnds))
            Validate();
        listener?.Report(Progress());
        if (epochEnds)
            EndEpoch();
        if (options.CheckpointPath is not null && (IsDue(options.CheckpointEvery, epochEnds)
            || Ranks.Decide(Stopwatch.GetElapsedTime(lastSave) >= options.CheckpointInterval)))
            Save();
    }

    private ReadOnlySpan<ITrainingCallback> Callbacks => callbacks ??= [.. options.Callbacks];

    private bool IsDue(int every, bool epochEnds) => every == 0 ? epochEnds : trainer.StepCount % every == 0;

    private void Validate()
    {
        var loss = Ranks.Decide(history.Measure());
        validationLoss = loss;
        options.Schedule?.Report(loss);
        var isBest = stopping.Report(Ranks.Decide(history.Judged(stopping.Metric, loss)), trainer.StepCount);
        if (isBest && stopping.RestoreBest)
        {
            bestParameters ??= new float[TModel.Info.ParameterCount];
            trainer.Run.Runner.Model.Parameters.CopyTo(bestParameters);
        }

        history.Add(trainer.StepCount, loss, MeanEpochLoss, trainer.Options.Optimizer.LearningRate, isBest);
        var progress = Progress();
        foreach (var callback in Callbacks)
            callback.OnValidation(progress, isBest);
    }

    private void EndEpoch()
    {
        var progress = Progress();
        foreach (var callback in Callbacks)
            callback.OnEpoch(progress);
        epochLoss = epochSteps = 0;
    }

    private TrainingProgress Progress()
    {
        var (perEpoch, perStep, last) = (batches.BatchesPerEpoch, options.BatchesPerStep, batches.Position - 1);
        var bySteps = options.Steps is { } steps ? (double)trainer.StepCount / steps : 0;
        var byEpochs = options.Epochs is { } epochs ? (double)batches.Position / perEpoch / epochs : 0;
        return new TrainingProgress
        {
            Step = trainer.StepCount,
            Epoch = last / perEpoch,
            StepOfEpoch = (int)(last % perEpoch / perStep) + 1,
            StepsPerEpoch = ((perEpoch - 1) / perStep) + 1,
            Done = Math.Min(1, Math.Max(bySteps, byEpochs)),
            Result = result,
            LearningRate = trainer.Options.Optimizer.LearningRate,
            EpochLoss = MeanEpochLoss,
            ValidationLoss = validationLoss,
            Validation = history.Last,
        };
    }
}
