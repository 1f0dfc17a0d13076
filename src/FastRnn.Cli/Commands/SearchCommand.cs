using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Models;
using FastRnn.Cli.Search;
using FastRnn.Cli.Training;

namespace FastRnn.Cli.Commands;

/// <summary><c>search [FILE]</c>.</summary>
internal static class SearchCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The text to learn, byte by byte; without it FastRnn's own C# sources.",
        }.NoOption();
        var cells = List("--cell", "Cells: names and files, as train takes them.");
        var hidden = List("--hidden", "Units of a layer.");
        var layers = List("--layers", "Numbers of recurrent layers.");
        var embedding = List("--embedding", "Lengths of the vector of a byte.");
        var dropout = List("--dropout", "Parts that are left out behind each layer.");
        var zoneout = List("--zoneout", "How probably a unit keeps its old state for a step.");
        var rates = List("--learning-rate", "Largest learning rates.");
        var run = new TrainingOptions();
        var folder = new Option<string>("--out")
        {
            Description = $"The directory for the best model and {SearchJob.PageName}; {TrainingSetup.DefaultOut}.",
        }.NotEmpty();
        var command = new Command(
            "search",
            "Compares language models: all combinations of the values that options list with commas between them, by successive halving.")
        {
            file, cells, hidden, layers, embedding, dropout, zoneout, rates, folder,
        };
        run.AddTo(command, "The budget of all candidates together");
        command.SetAction(parsed => SearchJob.Run(
            new SearchRequest
            {
                File = parsed.GetValue(file),
                Models = Combine(
                    Texts(parsed, cells),
                    Sizes(parsed, hidden, ByteModelSpec.LargestSize),
                    Sizes(parsed, layers, ByteModelSpec.MostLayers),
                    Sizes(parsed, embedding, ByteModelSpec.LargestSize),
                    Numbers<double>(parsed, dropout, value => value is >= 0 and < 1, "numbers from 0 to below 1"),
                    Numbers<double>(parsed, zoneout, value => value is >= 0 and < 1, "numbers from 0 to below 1")),
                LearningRates =
                [
                    .. Numbers<float>(parsed, rates, value => float.IsFinite(value) && value > 0, "numbers above 0")
                        .Select(rate => rate ?? TrainingSettings.DefaultLearningRate),
                ],
                Steps = parsed.GetValue(run.Steps),
                Seconds = parsed.GetValue(run.Seconds),
                Seed = parsed.GetValue(run.Seed) ?? TrainingSettings.DefaultSeed,
                BatchSize = parsed.GetValue(run.BatchSize) ?? TrainingSettings.DefaultBatchSize,
                SequenceLength = parsed.GetValue(run.SequenceLength) ?? TrainingSettings.DefaultSequenceLength,
                Threads = parsed.GetValue(run.Threads) ?? 0,
                Out = parsed.GetValue(folder) ?? TrainingSetup.DefaultOut,
                Json = parsed.GetValue(run.Json),
            },
            terminal));
        return command;
    }

    private static Option<string?> List(string name, string description) => new(name) { Description = description };

    private static IReadOnlyList<ByteModelRequest> Combine(
        IReadOnlyList<string?> cells, IReadOnlyList<int?> hidden, IReadOnlyList<int?> layers, IReadOnlyList<int?> embedding,
        IReadOnlyList<double?> dropout, IReadOnlyList<double?> zoneout)
    {
        var count = (long)cells.Count * hidden.Count * layers.Count * embedding.Count * dropout.Count * zoneout.Count;
        if (count > SearchRequest.MostCandidates)
        {
            throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"expected at most {SearchRequest.MostCandidates} candidates, got {count:n0}"));
        }

        return
        [
            .. from c in cells from h in hidden from l in layers from e in embedding from d in dropout from z in zoneout
               select new ByteModelRequest { Cell = c, Hidden = h, Layers = l, Embedding = e, Dropout = d, Zoneout = z },
        ];
    }

    private static IReadOnlyList<string?> Texts(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? (IReadOnlyList<string?>)ListText.Of(option.Name, text) : [null];

    private static IReadOnlyList<int?> Sizes(ParseResult parsed, Option<string?> option, int most) => Numbers<int>(
        parsed, option, value => value >= 1 && value <= most, FormattableString.Invariant($"numbers from 1 to {most}"));

    private static IReadOnlyList<T?> Numbers<T>(ParseResult parsed, Option<string?> option, Func<T, bool> isGood, string expected)
        where T : struct, System.Numerics.INumber<T> =>
        parsed.GetValue(option) is { } text ? [.. ListText.Numbers(option.Name, text, isGood, expected).Cast<T?>()] : [null];
}
