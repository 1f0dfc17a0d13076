using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>What <c>train --json</c> says at its end of a table.</summary>
internal sealed record TableRunReport
{
    public required string Folder { get; init; }

    public required int Epochs { get; init; }

    public required double Seconds { get; init; }

    public required double ValidationLoss { get; init; }

    /// <summary>Whether the model is better than all that it is compared with.</summary>
    public required bool IsBest { get; init; }

    public required IReadOnlyList<TableScore> Scores { get; init; }

    /// <summary>Of named groups: the macro F1 of each method; it is null where nothing was counted.</summary>
    public required IReadOnlyDictionary<string, double> MacroF1 { get; init; }

    public static TableRunReport Of(string folder, TableReport report) => new()
    {
        Folder = folder,
        Epochs = report.Epochs.Count,
        Seconds = Math.Round(report.Seconds, 3),
        ValidationLoss = report.Epochs.Select(epoch => epoch.ValidationLoss).Append(double.MaxValue).Min(),
        IsBest = report.IsBest,
        Scores = report.Scores,
        MacroF1 = report.Confusions.Where(pair => double.IsFinite(pair.Value.MacroF1)).ToDictionary(pair => pair.Key, pair =>
            pair.Value.MacroF1),
    };
}
