using System.CommandLine;
using System.Globalization;

using FastRnn.Cli.Commands;
using FastRnn.Cli.Models;
using FastRnn.Cli.Training;
using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>The options of <c>train</c> that tables have and texts have not.</summary>
internal sealed class TableOptionSet
{
    private readonly Option<string?> target = new(
        "--target")
    { Description = "Of a table: the columns to forecast, or the one of categories that names groups of rows; a,b,c." };
    private readonly Option<string?> horizon = new(
        "--horizon")
    { Description = "Of a table: how many rows ahead, such as 12, 1,6,12 or 1-12; 1." };
    private readonly Option<string?> time = new(
        "--time")
    { Description = "Of a table: the column of times (dates with the year first, or numbers)." };
    private readonly Option<string?> group = new(
        "--group")
    { Description = "Of a table: the column that tells series or sequences apart." };
    private readonly Option<string?> inputs = new("--inputs") { Description = "Of a table: the columns to read; all that can be." };
    private readonly Option<string?> categories = new(
        "--categories")
    { Description = "Of a table: columns that are categories, whatever they look like." };
    private readonly Option<string?> ignore = new("--ignore") { Description = "Of a table: columns that are not read." };
    private readonly Option<string?> separator = new(
        "--separator")
    { Description = "Of a CSV table: what stands between cells; tab for a tabulator. It is found out." };
    private readonly Option<int?> window = new Option<int?>(
        "--window")
    { Description = "Of a table: rows that a forecast knows at least; the season, between 16 and 96." }.Between(1, 10_000);
    private readonly Option<int?> season = new Option<int?>(
        "--season")
    { Description = "Of a table: rows of a season; a day, a week or a year is looked for." }.Between(1, 1_000_000);
    private readonly Option<string?> split = new(
        "--split")
    { Description = "Of a table: time (the last rows are measured) or group (groups that were never seen); time." };
    private readonly Option<string?> weights = new(
        "--class-weights")
    { Description = "Of a table with named groups: equal or balanced; equal." };
    private readonly Option<int?> epochs = new Option<int?>(
        "--epochs")
    { Description = "Of a table: how often it is learned at most; 30." }.Between(1, 1_000_000);
    private readonly Option<bool> sort = new(
        "--sort")
    { Description = "Of a table: sort the rows of each group by time; else another order is an error." };

    public void AddTo(Command command)
    {
        split.AcceptOnlyFromAmong("time", "group");
        weights.AcceptOnlyFromAmong("equal", "balanced");
        foreach (var option in Options())
            command.Add(option);
    }

    /// <summary>Whether a table is meant.</summary>
    /// <exception cref="CommandException">It is one, and nothing says what is to be learned of it; or there are options of tables without
    /// one.</exception>
    public bool IsMeant(ParseResult parsed, string? file)
    {
        if (parsed.GetValue(target) is not null)
            return file is not null ? true : throw CommandException.Usage("--target: expected a table, such as data.csv, before it");
        if (TableFiles.IsTable(file))
            throw CommandException.Usage($"{file}: a table needs --target: the columns to forecast, or the one that names groups");
        var other = Options().FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        return other is null ? false : throw CommandException.Usage($"{other.Name} is for tables, which need --target");
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">What texts and tables have in common.</param>
    /// <exception cref="CommandException">An option is for texts alone.</exception>
    public TableRequest Read(ParseResult parsed, TrainingRequest request)
    {
        var model = request.Model;
        foreach (var (option, value) in new (string, object?)[]
        {
            ("--steps", request.Steps), ("--sequence-length", request.SequenceLength), ("--resume", request.Resume),
                ("--embedding", model.Embedding),
            ("--dimensions", model.Dimensions), ("--declaration", model.Declaration),
        })
        {
            if (value is not null)
                throw CommandException.Usage($"{option} is for texts, not for tables");
        }

        var own = model.Cell is { } name && ModelCode.IsFile(name) ? ByteModelRequest.OfCell(name) : null;
        var usual = new TableOptions();
        var options = new TableOptions
        {
            Targets = Names(parsed.GetValue(target)),
            Horizons = Horizons(parsed.GetValue(horizon)),
            Time = parsed.GetValue(time),
            Group = parsed.GetValue(group),
            Inputs = parsed.GetValue(inputs) is { } names ? Names(names) : null,
            Window = parsed.GetValue(window) ?? 0,
            Season = parsed.GetValue(season) ?? 0,
            Split = parsed.GetValue(split) == "group" ? TableSplit.Group : TableSplit.Time,
            ClassWeights = parsed.GetValue(weights) == "balanced" ? ClassWeighting.Balanced : ClassWeighting.Equal,
            Epochs = parsed.GetValue(epochs) ?? usual.Epochs,
            SortByTime = parsed.GetValue(sort),
            Cell = own?.Cell ?? model.Cell ?? usual.Cell,
            CellCode = own?.Code!.Text,
            HiddenSize = model.Hidden ?? usual.HiddenSize,
            Layers = model.Layers ?? usual.Layers,
            Dropout = model.Dropout ?? 0,
            Zoneout = model.Zoneout ?? 0,
            Bidirectional = model.Bidirectional,
            BatchSize = request.BatchSize ?? 0,
            LearningRate = request.LearningRate ?? usual.LearningRate,
            Seed = request.Seed ?? usual.Seed,
            Threads = request.Threads,
            TimeLimit = request.Seconds is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 1e9)) : null,
        };
        return new(
            request.File!, own?.Code!.Path, options, Names(parsed.GetValue(categories)), Names(parsed.GetValue(ignore)),
                Separator(parsed.GetValue(separator)),
            request.Out ?? TrainingSetup.DefaultOut, request.Json);
    }

    /// <summary>A separator by its letter or name.</summary>
    public static char? Separator(string? text) => text switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        { Length: 1 } when text[0] is not ('"' or '\n' or '\r' or ' ') => text[0],
        _ => throw CommandException.Usage($"--separator: expected one letter, or tab, got '{text}'"),
    };

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static int[] Horizons(string? list)
    {
        var horizons = new List<int>();
        foreach (var part in Names(list ?? "1"))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !Number(ends[0], out var from) || !Number(ends[^1], out var to) || to < from || to - from > 1_000)
                throw CommandException.Usage(
                    $"--horizon: expected numbers of rows from 1 to 100,000, such as 12, 1,6,12 or 1-12, got '{list}'");
            horizons.AddRange(Enumerable.Range(from, to - from + 1));
        }

        return [.. horizons.Distinct()];

        static bool Number(string text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= 100_000;
    }

    private Option[] Options() =>
        [target, horizon, time, group, inputs, categories, ignore, separator, window, season, split, weights, epochs, sort];
}
