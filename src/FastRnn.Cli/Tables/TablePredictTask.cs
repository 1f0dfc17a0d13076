using FastRnn.Cli.Exports;
using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>Runs a model that reads tables over a file, and writes what it says.</summary>
/// <param name="folder">The folder of the model.</param>
/// <param name="file">The table.</param>
/// <param name="to">The CSV file that is written.</param>
/// <param name="separator">What stands between the cells of CSV; null finds it out.</param>
/// <param name="terminal">Where the words go.</param>
internal sealed class TablePredictTask(string folder, string file, string to, char? separator, Terminal terminal)
{
    public int Run()
    {
        if (!TableFiles.IsModel(folder))
            throw CommandException.Failed(
                $"{folder}: there is no model of a table in this directory ({TableModel.PreparationFileName} is missing)");
        ModelFiles.Keep(file, "is the table", to, "--out");
        foreach (var name in (string[])[TableModel.ModelFileName, TableModel.PreparationFileName])
            ModelFiles.Keep(Path.Combine(folder, name), "is a file of the model's folder", to, "--out");
        try
        {
            using var model = TableModel.Load(folder);
            var table = Table.Read(file, model.Preparation.ReadOptions with { Separator = separator });
            var prediction = model.Predict(table);
            prediction.WriteCsv(to);
            foreach (var note in prediction.Notes)
                terminal.Line($"{note}");
            var what = model.Preparation.Classifies ? "groups" : "rows";
            terminal.Line($"{prediction.Count:n0} {what} of {string.Join(", ", prediction.OutputNames)} in {to}");
            return ExitCodes.Success;
        }
        catch (TableException e)
        {
            throw CommandException.Failed(e.Message);
        }
    }
}
