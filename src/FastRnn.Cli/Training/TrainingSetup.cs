using System.Globalization;
using System.Security.Cryptography;

using FastRnn.Cli.Corpus;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.Cli.Tables;
using FastRnn.CompilerServices;
using FastRnn.Files;

namespace FastRnn.Cli.Training;

/// <summary>Everything decided and checked before the first step.</summary>
/// <param name="Model">What the model is made of.</param>
/// <param name="Settings">What decides the weights.</param>
/// <param name="Plan">How long to train.</param>
/// <param name="SecondsBefore">Time that earlier runs spent on the plan.</param>
/// <param name="Text">What to learn.</param>
/// <param name="Threads">0 is all processors.</param>
/// <param name="Out">Where the model goes.</param>
/// <param name="Resume">Where to go on, or null.</param>
/// <param name="Before">What the checkpoint there remembers, or null.</param>
internal sealed record TrainingSetup(
    ByteModelSpec Model,
    TrainingSettings Settings,
    TrainingPlan Plan,
    double SecondsBefore,
    TrainingText Text,
    int Threads,
    ModelFolder Out,
    ModelFolder? Resume,
    RunTexts? Before)
{
    public const string DefaultOut = "./model";

    /// <summary>Where the run rests before its plan is done, by the plan's own counts; null for nowhere. Learning rates are those of the
    /// plan.</summary>
    public TrainingPlan? Pause { get; init; }

    /// <summary>The processes that train together; null for this one alone.</summary>
    public RankGroup? Ranks { get; init; }

    /// <summary>The model before the first step. A run that is taken up again has its weights in a file: none are drawn.</summary>
    public TModel CreateModel<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel> =>
        Resume is null ? create(Settings.Seed) : TModel.Create(ModelStore<TModel>.Zeros(SimdWidth.Auto));

    /// <summary>Decides and checks. Afterwards the folder to write to is there and can be written.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="ranks">The processes that train together; they have to have the same text and settings.</param>
    /// <exception cref="CommandException">Something is wrong with the text, a folder or an option.</exception>
    /// <exception cref="ModelFileException">The checkpoint is damaged.</exception>
    public static TrainingSetup Of(TrainingRequest request, RankGroup? ranks = null)
    {
        var resume = request.Resume is { } path ? new ModelFolder(path) : null;
        var (model, before) = resume is null ? (request.Model.Resolve(), null) : ReadCheckpoint(resume, request.Model);
        var settings = Settle(request, model, before);
        var (plan, secondsBefore) = Settle(request, before, resume);
        var text = TrainingText.Read(FilePath(request.File) ?? before?.TextPath, settings.BatchSize, settings.SequenceLength);
        var folder = new ModelFolder(request.Out ?? request.Resume ?? DefaultOut);
        var setup = new TrainingSetup(model, settings, plan, secondsBefore, text, request.Threads, folder, resume, before)
        {
            Ranks = ranks,
        };
        if (ranks.Writes())
        {
            TableFiles.Keep(folder.Path);
            folder.PrepareForWriting(model.Code);
        }

        ranks?.Agree("text", text.Hash);
        ranks?.Agree("plan of the run", FormattableString.Invariant($"{settings} {plan}"));
        ranks?.Agree("cell", $"{model.Cell} {Convert.ToHexStringLower(SHA256.HashData(model.Code?.Bytes ?? []))}");
        return setup;
    }

    /// <summary>Absolute, so that a run can be taken up from another directory.</summary>
    private static string? FilePath(string? path) => string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path);

    private static (ByteModelSpec Model, RunTexts Before) ReadCheckpoint(ModelFolder folder, ByteModelRequest request)
    {
        var configuration = folder.ReadConfiguration();
        if (!File.Exists(folder.TrainerPath))
        {
            throw CommandException.Failed($"{folder.Path}: trainer.safetensors is missing: this model cannot be trained further");
        }

        ModelFolder.CheckSize(folder.TrainerPath, configuration);
        var before = RunTexts.FromMetadata(ModelFile.ReadMetadata(folder.TrainerPath), folder.TrainerPath);
        if (before.Settings.Cell != configuration.Cell)
        {
            throw CommandException.Failed(
                $"{folder.TrainerPath}: cell: expected '{configuration.Cell}' as in config.json, got '{before.Settings.Cell}'");
        }

        // Another rate of dropout has the same weights, and would go on to others.
        if (before.Configuration is { } trained && trained != configuration.Text())
        {
            throw CommandException.Failed(
                $"{folder.ConfigurationPath}: is not what was trained: expected {trained}, got {configuration.Text()}");
        }

        var model = configuration.Spec(folder.Path);
        request.Keep(model);
        return (model, before);
    }

    private static TrainingSettings Settle(TrainingRequest request, ByteModelSpec model, RunTexts? before)
    {
        var settings = before?.Settings ?? new TrainingSettings(
            model.Cell,
            request.Seed ?? TrainingSettings.DefaultSeed,
            request.BatchSize ?? TrainingSettings.DefaultBatchSize,
            request.SequenceLength ?? TrainingSettings.DefaultSequenceLength,
            request.LearningRate ?? TrainingSettings.DefaultLearningRate);
        Keep("--seed", request.Seed, settings.Seed);
        Keep("--batch-size", request.BatchSize, settings.BatchSize);
        Keep("--sequence-length", request.SequenceLength, settings.SequenceLength);
        return settings with { LearningRate = request.LearningRate ?? settings.LearningRate };
    }

    /// <summary>Some things cannot change on the way.</summary>
    private static void Keep(string option, object? asked, object stored)
    {
        if (asked is not null && !asked.Equals(stored))
        {
            throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"{option}: a resumed run keeps its own: expected {stored}, got {asked}"));
        }
    }

    private static (TrainingPlan Plan, double SecondsBefore) Settle(TrainingRequest request, RunTexts? before, ModelFolder? resume)
    {
        var asked = new TrainingPlan(request.Steps, request.Seconds);
        if (before is null)
        {
            return (asked is (null, null) ? TrainingPlan.Default : asked, 0);
        }

        if (asked is (null, null))
        {
            return before.PlanIsDone ? (TrainingPlan.Default, 0) : (before.Plan, before.Seconds);
        }

        return asked.Steps <= before.Steps
            ? throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"--steps: {resume!.Path} has {before.Steps} steps already: expected more, got {asked.Steps}"))
            : (asked, 0);
    }
}
