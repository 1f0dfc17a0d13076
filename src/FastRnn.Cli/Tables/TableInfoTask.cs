using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>Prints what a model of a table reads and says, and its report.</summary>
internal sealed class TableInfoTask(string folder, Terminal terminal)
{
    private const int LargestReport = 1 << 20;

    public int Run()
    {
        using var model = TableModel.Load(folder);
        var (preparation, info) = (model.Preparation, model.Model.Info);
        terminal.Line($"{folder}: {info.Layers[0].Cell.Split('.')[^1]} {info.Layers[0].HiddenSize}, {info.ParameterCount:n0} parameters");
        terminal.Line($"  {(preparation.Classifies ? "names groups" : "forecasts")}: {string.Join(", ", preparation.OutputNames)}");
        terminal.Line($"  columns: {string.Join(", ", preparation.Kinds.Select(pair => $"{pair.Key} ({pair.Value})"))}");
        terminal.Line($"  reads {preparation.Width} numbers a row: {string.Join(", ", preparation.FeatureNames)}");
        if (preparation.CategoryNames.Count > 0)
            terminal.Line($"  and a vector for each label of {string.Join(", ", preparation.CategoryNames)}");
        var report = Path.Combine(folder, TableTask.ReportFileName);
        if (!File.Exists(report) || new FileInfo(report).Length is 0 or > LargestReport)
            return ExitCodes.Success;
        terminal.Line($"");
        using var reader = new StreamReader(report);
        while (reader.ReadLine() is { } line)
            terminal.Line($"{line}");
        return ExitCodes.Success;
    }
}
