using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Models;
using FastRnn.Cli.Training;

namespace FastRnn.Cli.Commands;

/// <summary><c>train [FILE]</c>.</summary>
internal static class TrainCommand
{
    private const int MostThreads = 256;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The text to learn, byte by byte; without it FastRnn's own C# sources.",
        }.NoOption();
        var model = new ModelOptions();
        var steps =
            new Option<long?>("--steps") { Description = "Train to this step. Alone, the same seed gives the same weights." }.Positive();
        var seconds = new Option<double?>("--seconds")
        {
            Description = Invariant($"Train for this long; {TrainingPlan.DefaultSeconds} if --steps is not given either."),
        }.Positive();
        var seed = new Option<int?>("--seed") { Description = Invariant($"Of the first weights; {TrainingSettings.DefaultSeed}.") }
            .Between(int.MinValue, int.MaxValue);
        var threads = new Option<int?>("--threads") { Description = "Worker threads; 0 is all processors. Weights do not depend on it." }
            .Between(0, MostThreads);
        var batch = new Option<int?>("--batch-size")
        {
            Description = Invariant(
            $"Streams of text read side by side; {TrainingSettings.DefaultBatchSize}.")
        }
            .Between(1, TrainingSettings.LargestSize);
        var length = new Option<int?>("--sequence-length")
        {
            Description = Invariant($"Steps after which the gradient is cut; {TrainingSettings.DefaultSequenceLength}."),
        }.Between(1, TrainingSettings.LargestSize);
        var rate = new Option<float?>(
            "--learning-rate")
        { Description = Invariant($"The largest one; {TrainingSettings.DefaultLearningRate}.") }.Positive();
        var folder =
            new Option<string?>("--out") { Description = $"The directory for the model; {TrainingSetup.DefaultOut}, or that of --resume." };
        var resume = new Option<string?>("--resume") { Description = "Go on with the model in this directory." };
        var json = new Option<bool>("--json") { Description = "The last line of output is a JSON object." };

        var command = new Command("train", "Trains a byte-level language model, with any cell in any size.")
        {
            file, steps, seconds, seed, threads, batch, length, rate, folder, resume, json,
        };
        model.AddTo(command);
        command.SetAction(parsed => Text(
            new TrainingRequest
            {
                File = parsed.GetValue(file),
                Model = model.Read(parsed),
                Steps = parsed.GetValue(steps),
                Seconds = parsed.GetValue(seconds),
                Seed = parsed.GetValue(seed),
                BatchSize = parsed.GetValue(batch),
                SequenceLength = parsed.GetValue(length),
                LearningRate = parsed.GetValue(rate),
                Threads = parsed.GetValue(threads) ?? 0,
                Out = parsed.GetValue(folder),
                Resume = parsed.GetValue(resume),
                Json = parsed.GetValue(json),
            },
            terminal));
        return command;
    }

    private static int Text(TrainingRequest request, Terminal terminal)
    {
        var setup = TrainingSetup.Of(request);
        return ByteModels.Run(setup.Model, new TrainingTask(setup, terminal, request.Json), terminal.Error);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
