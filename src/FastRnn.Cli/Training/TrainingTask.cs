using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using FastRnn.Cli.Models;
using FastRnn.Cli.Progress;
using FastRnn.CompilerServices;

namespace FastRnn.Cli.Training;

/// <summary>A run from its headline to its last line.</summary>
internal sealed class TrainingTask(TrainingSetup setup, Terminal terminal, bool json) : IByteModelTask<int>
{
    private const int LastSampleLength = 600;
    private readonly long begin = Stopwatch.GetTimestamp();

    public int Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        using var model = setup.CreateModel(create);
        Headline(TModel.Info, model.Store.Width.ToString());
        var (outcome, report, ending) = LiveProgress.Run(terminal, json, progress => Train(model, progress));
        Closing(outcome, report, ending.HasSaved);
        if (json)
        {
            terminal.Lines.WriteLine(JsonSerializer.Serialize(report, JsonTexts.Default.TrainingReport));
        }

        return outcome switch
        {
            TrainingOutcome.Finished => ExitCodes.Success,
            TrainingOutcome.Interrupted => ExitCodes.Interrupted,
            _ => throw new CommandException(
                $"training diverged. {ending.Problem} {Kept(ending.HasSaved)}; --learning-rate chooses another one", ExitCodes.Diverged),
        };
    }

    private (TrainingOutcome Outcome, TrainingReport Report, (string? Problem, bool HasSaved) Ending) Train<TModel>(
        TModel model, ITrainingProgress progress)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        using var run = new TrainingRun<TModel>(model, setup, progress);
        var outcome = run.Run(terminal.Interrupt);
        if (outcome == TrainingOutcome.Finished)
        {
            progress.Note($"What it writes now:");
            progress.Sample(run.Sample(LastSampleLength));
        }

        var report = new TrainingReport
        {
            Outcome = outcome.ToString().ToLowerInvariant(),
            Cell = setup.Settings.Cell,
            Steps = run.Steps,
            TrainLoss = run.Meter.Loss,
            ValidationLoss = run.LastValidationLoss,
            BytesPerSecond = run.Meter.BytesPerSecond,
            AllocatedBytesPerStep = run.Meter.AllocatedBytesPerStep,
            Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds,
            Model = setup.Out.Path,
        };
        return (outcome, report, (run.Problem, run.HasSaved));
    }

    private void Headline(ModelInfo info, string width)
    {
        var settings = setup.Settings;
        var sizes = string.Join(" and ",
            info.Layers.Where(layer => layer.IsRecurrent).Select(layer => layer.HiddenSize.ToString(CultureInfo.InvariantCulture)));
        terminal.Line(
            $"model  {settings.Cell}, layers of {sizes}{setup.Model.Rates}, {info.ParameterCount:n0} parameters, seed {settings.Seed}");
        terminal.Line(
            $"steps  {settings.BatchSize} streams of {settings.SequenceLength}, learning rate {settings.LearningRate}, kernels of {width}");
        var limits = new[]
        {
            setup.Plan.Steps is { } steps ? FormattableString.Invariant($"to step {steps:n0}") : null,
            setup.Plan.Seconds is { } seconds
                ? FormattableString.Invariant($"for {Math.Max(0, seconds - setup.SecondsBefore):0.#} seconds") : null,
        };
        var begins = setup.Before is { } before ? FormattableString.Invariant($"from step {before.Steps:n0} ") : "";
        var replaces = setup.Resume?.Path != setup.Out.Path && File.Exists(setup.Out.ModelPath) ? ", replaces the model there" : "";
        terminal.Line(
            $"plan   {begins}{string.Join(" or ", limits.OfType<string>())}, saved in {setup.Out.Path}{replaces}; Ctrl-C saves and ends");
    }

    /// <summary>What is in the folder now.</summary>
    private string Kept(bool hasSaved) =>
        hasSaved ? $"saved in {setup.Out.Path}"
        : File.Exists(setup.Out.ModelPath) ? $"kept in {setup.Out.Path}: the model that was saved there before"
        : $"nothing was saved in {setup.Out.Path}";

    private void Closing(TrainingOutcome outcome, TrainingReport report, bool hasSaved)
    {
        var trainLoss = report.TrainLoss is { } learned ? FormattableString.Invariant($"training loss {learned:f3}") : null;
        var validationLoss = report.ValidationLoss is { } validated ? FormattableString.Invariant($"validation loss {validated:f3}") : null;
        var losses = string.Join(", ", new[] { trainLoss, validationLoss }.OfType<string>());
        losses = losses.Length == 0 ? "" : $", {losses} nats a byte";
        terminal.Line($"{report.Steps:n0} steps{losses}, {report.BytesPerSecond:n0} characters/s, {report.Seconds:f1} s; {Kept(hasSaved)}");
        switch (outcome)
        {
            case TrainingOutcome.Finished:
                terminal.Line($"Next:   {NextCommand.Sample(setup.Out.Path, setup.Text)}");
                break;
            case TrainingOutcome.Interrupted:
                terminal.Line($"Go on:  {NextCommand.Prefix} train --resume {NextCommand.Quote(setup.Out.Path)}");
                break;
            default:
                break;
        }
    }
}
