using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Models;
using FastRnn.Cli.Tables;
using FastRnn.Cli.Training;

namespace FastRnn.Cli.Commands;

/// <summary><c>train [FILE]</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The text to learn, byte by byte; without it FastRnn's own C# sources. Or a table (CSV, Parquet), with --target.",
        }.NoOption();
        var (model, run, tables) = (new ModelOptions(), new TrainingOptions(), new TableOptionSet());
        var rate = new Option<float?>("--learning-rate")
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"The largest one; {TrainingSettings.DefaultLearningRate}."),
        }.Positive();
        var folder =
            new Option<string?>("--out") { Description = $"The directory for the model; {TrainingSetup.DefaultOut}, or that of --resume." };
        var resume = new Option<string?>("--resume") { Description = "Go on with the model in this directory." };

        var command = new Command(
            "train", "Trains a byte-level language model, or a model that forecasts a table, with any cell in any size.") { file };
        model.AddTo(command);
        run.AddTo(command, "The length of the training");
        foreach (var option in (Option[])[rate, folder, resume])
            command.Add(option);
        tables.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new TrainingRequest
            {
                File = parsed.GetValue(file),
                Model = model.Read(parsed),
                Steps = parsed.GetValue(run.Steps),
                Seconds = parsed.GetValue(run.Seconds),
                Seed = parsed.GetValue(run.Seed),
                BatchSize = parsed.GetValue(run.BatchSize),
                SequenceLength = parsed.GetValue(run.SequenceLength),
                LearningRate = parsed.GetValue(rate),
                Threads = parsed.GetValue(run.Threads) ?? 0,
                Out = parsed.GetValue(folder),
                Resume = parsed.GetValue(resume),
                Json = parsed.GetValue(run.Json),
            };
            return tables.IsMeant(parsed, request.File) ? new TableTask(tables.Read(parsed, request), terminal).Run()
                : Text(request, terminal);
        });
        return command;
    }

    /// <summary>Learns a text.</summary>
    private static int Text(TrainingRequest request, Terminal terminal)
    {
        if (request.Model.Bidirectional)
            throw CommandException.Usage($"--bidirectional: {ByteModelRequest.WhyCausal}");
        var setup = TrainingSetup.Of(request, terminal.Ranks);

        // Before a model is compiled, which takes a moment.
        terminal.Line(setup.Text.Headline);
        return ByteModels.Run(setup.Model, new TrainingTask(setup, terminal, request.Json), terminal.Error);
    }
}
