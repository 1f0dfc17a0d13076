using System.CommandLine;

using FastRnn.Cli.Tables;

namespace FastRnn.Cli.Commands;

/// <summary><c>predict DIR FILE</c>.</summary>
internal static class PredictCommand
{
    private const string DefaultOut = "predictions.csv";

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The directory of a model that was trained on a table." }.NoOption();
        var file = new Argument<string>("FILE") { Description = "A table with the same columns." }.NoOption();
        var to = new Option<string>("--out")
        {
            Description = $"The CSV file that is written; {DefaultOut}.",
            DefaultValueFactory = _ => DefaultOut,
        }.NotEmpty();
        var separator = new Option<string?>("--separator")
        {
            Description = "What stands between cells of CSV; tab for a tabulator. It is found out.",
        };
        var command = new Command("predict", "Forecasts the rows of a table, or names its groups.") { folder, file, to, separator };
        command.SetAction(parsed => new TablePredictTask(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(file), parsed.GetRequiredValue(to),
            TableOptionSet.Separator(parsed.GetValue(separator)), terminal).Run());
        return command;
    }
}
