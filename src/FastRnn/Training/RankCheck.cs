using System.Globalization;

using FastRnn.Execution;
using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>What the ranks of a training have to have in common, compared before the first step: what differs would give a result that is
/// no rank's own.</summary>
internal static class RankCheck
{
    /// <summary>Joins the ranks of a trainer's options, if there are any, and compares programs, model, weights, vectors and
    /// options.</summary>
    /// <exception cref="InvalidOperationException">A rank has another one than rank 0.</exception>
    public static void Join<TModel>(Trainer<TModel> trainer, ParameterUpdate update)
        where TModel : class, IModel<TModel>
    {
        if (trainer.Options.Ranks is not { } ranks)
        {
            return;
        }

        trainer.Run.Join(ranks);
        var (info, options, store) = (TModel.Info, trainer.Options, trainer.Run.Runner.Model);
        ranks.Agree("build of FastRnn", Build(typeof(RankGroup)));

        // One that was compiled in this process is another each time.
        ranks.Agree("program", typeof(TModel).Assembly.IsCollectible ? "" : Build(typeof(TModel)));
        ranks.Agree("model", $"{info.Name} {ModelFingerprint.Of(info)} {info.Loss} {info.Reduction}");
        ranks.Agree("vector width", store.Width.ToString());
        ranks.Agree("set of weights", WeightsFingerprint.Of(store.Parameters));
        ranks.Agree("set of options", string.Create(
            CultureInfo.InvariantCulture,
            $"batches of {options.BatchSize} x {options.SequenceLength} x {options.SourceLength} x {options.TargetLength}, "
                + $"{trainer.Run.Runner.Sizes.Positions} positions, seed {options.Seed}, clipped at {options.ClipNorm}, "
                + $"{(options.CarryState ? "states carried" : "states anew")}, {update.Optimizer.Kind} {update.Optimizer.LearningRate} "
                + $"{OptimizerNumbers.ToText(update.Optimizer)} {update.Ranges.Text} "
                + $"{string.Join(' ', trainer.Run.Runner.Sizes.LossWeights)}"));
    }

    /// <summary>What was read from a checkpoint.</summary>
    /// <exception cref="InvalidOperationException">A rank has read another one than rank 0.</exception>
    public static void OfCheckpoint(RecordedRun run, ParameterUpdate update, long step)
    {
        if (run.Chain?.Group is not { } ranks)
        {
            return;
        }

        ranks.Agree("checkpoint", string.Join(' ',
            [step.ToString(CultureInfo.InvariantCulture), WeightsFingerprint.Of(run.Runner.Model.Parameters),
                .. Enumerable.Range(0, update.MomentCount).Select(i => WeightsFingerprint.Of(update.Moment(i)))]));
    }

    /// <summary>Data, their place, and how long a loop runs.</summary>
    /// <exception cref="InvalidOperationException">A rank has other ones than rank 0.</exception>
    public static void OfLoop(RankGroup? ranks, string source, long position, TrainingLoopOptions options)
    {
        ranks?.Agree("order of data", source);
        ranks?.Agree("place in the data", position.ToString(CultureInfo.InvariantCulture));
        ranks?.Agree("plan of the run", string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Steps} steps, {options.Epochs} epochs, {options.BatchesPerStep} batches a step, validated every "
                + $"{options.ValidateEvery}, saved every {options.CheckpointEvery} to {options.CheckpointPath is not null}, "
                + $"{options.Schedule} {options.EarlyStopping}"));
    }

    /// <summary>What rank 0 says, where there are ranks: a clock or a key is not the same on all of them.</summary>
    public static bool Decide(this RankGroup? ranks, bool value) => ranks?.FromFirst(value) ?? value;

    /// <summary>The same of what was measured: a function of the user's may see something else on each of them.</summary>
    public static double Decide(this RankGroup? ranks, double value) => ranks?.FromFirst(value) ?? value;

    /// <summary>Writes a file on rank 0 alone, and goes on when it is written.</summary>
    /// <exception cref="ModelFileException">Rank 0 could not write it; there it is the exception that was thrown.</exception>
    public static void Write(RankGroup? ranks, string path, Action write)
    {
        var hasFailed = true;
        try
        {
            if (ranks is null or { IsFirst: true })
            {
                write();
            }

            hasFailed = false;
        }
        finally
        {
            hasFailed = ranks.Decide(hasFailed);
        }

        if (hasFailed)
        {
            throw new ModelFileException(path, "rank 0 could not write it");
        }
    }

    private static string Build(Type type) => type.Module.ModuleVersionId.ToString();
}
