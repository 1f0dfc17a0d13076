using System.Diagnostics;
using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>What survives.</summary>
public sealed partial class TrainingLoop<TModel>
{
    private const string BestName = "loop.best_parameters";

    private bool isSaved;
    private long lastSave;
    private LoopBegin? begin;

    /// <summary>Goes on where a checkpoint was written; before the first run. If the file is not right, nothing is
    /// changed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts that were kept with it.</returns>
    /// <exception cref="ModelFileException">The file cannot be read, is damaged, or belongs to a run with another model, optimizer, batch
    /// size, schedule, early stopping, metrics or other data. To go on with other ones on purpose,
    /// <see cref="Trainer{TModel}.Restore"/> the trainer and begin a new run.</exception>
    /// <exception cref="InvalidOperationException">The run has begun; or another thread is in the loop, or in its trainer.</exception>
    public IReadOnlyDictionary<string, string> Resume(string path)
    {
        using var held = use.Hold(this);
        if (hasBegun || ended is not null)
            throw new InvalidOperationException("The run has begun: resume before the first step.");

        using var checkpoint = Checkpoint.Open(path, TModel.Info);
        var state = LoopState.FromMetadata(checkpoint.Metadata, path);
        var step = TrainerCheckpoint.ReadStep(checkpoint, path);
        LoopCheck.Check(state, step, stopping.None, path);
        Compare(path, "other data or another trainer", Source, state.Source);
        Compare(path, "other steps", Batches(options.BatchesPerStep), Batches(state.BatchesPerStep));
        Compare(path, "another schedule", options.Schedule?.ToString() ?? "", state.Schedule);
        Compare(path, "another early stopping", options.EarlyStopping?.ToString() ?? "", state.Stopping);
        Compare(path, "other metrics", history.Names, state.Metrics);
        var measured = history.Read(checkpoint, step, path);
        var best = stopping.RestoreBest && state.BestStep > 0 ? checkpoint.ReadFinite(BestName, TModel.Info.ParameterCount) : null;
        var metadata = Restore(checkpoint, state);
        history.Restore(measured);
        (bestParameters, isSaved, isResumed) = (best, true, true);
        return metadata;
    }

    private IReadOnlyDictionary<string, string> Restore(Checkpoint checkpoint, LoopState state)
    {
        var before = options.Schedule?.SaveState();
        IReadOnlyDictionary<string, string> metadata;
        try
        {
            options.Schedule?.RestoreState(state.ScheduleState);
            metadata = trainer.RestoreFrom(checkpoint, checkpoint.Path);
        }
        catch (Exception e)
        {
            if (before is not null)
                options.Schedule?.RestoreState(before);
            if (e is FormatException)
                throw new ModelFileException(checkpoint.Path, $"the schedule's state: {e.Message}", e);
            throw;
        }

        batches.Position = state.Position;

        // Who measures at other steps from now on cannot say any more how often it was.
        begin = state.Begin?.ValidateEvery == ValidateEvery ? state.Begin : null;
        (epochLoss, epochSteps, validationLoss) = (state.EpochLoss, state.EpochSteps, state.ValidationLoss);
        stopping.Restore(state.Best, state.BestStep, state.Waited);
        return metadata;
    }

    /// <summary>What decides the bits of a step besides what the checkpoint holds.</summary>
    private string Source => string.Create(
        CultureInfo.InvariantCulture,
        $"{batches.Identity}; seed {trainer.Options.Seed}, clipped at {trainer.Options.ClipNorm}, "
            + $"{(trainer.Options.CarryState ? "states carried" : "states anew")}, segments of {trainer.SegmentLength}");

    private void Save()
    {
        var state = new LoopState(
            Source, options.BatchesPerStep, batches.Position, begin, epochLoss, epochSteps, validationLoss,
            options.Schedule?.ToString() ?? "", options.Schedule?.SaveState() ?? [],
            options.EarlyStopping?.ToString() ?? "", stopping.Best, stopping.BestStep, stopping.Waited, history.Names);

        // After a step that failed, or where somebody moved trainer or batches between two calls, nothing can be counted from there.
        if (LoopCheck.FindUnexplained(state, trainer.StepCount) is not null)
            state = state with { Begin = null };
        trainer.SaveWith(options.CheckpointPath!, state.ToMetadata(options.Metadata),
            [.. bestParameters is null ? [] : (TensorData[])[new(BestName, bestParameters)], .. history.ToTensors()]);
        isSaved = true;
        lastSave = Stopwatch.GetTimestamp();
    }

    private static string Batches(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} batches a step");

    private static void Compare(string path, string what, string expected, string got)
    {
        if (expected != got)
            throw new ModelFileException(path, $"it belongs to a run with {what}: expected '{expected}', got '{got}'");
    }
}
