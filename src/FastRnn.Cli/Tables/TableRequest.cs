using FastRnn.Tables;

namespace FastRnn.Cli.Tables;

/// <summary>What <c>train</c> was asked to learn of a table.</summary>
/// <param name="File">The table.</param>
/// <param name="CellFile">Where the cell of <see cref="TableOptions.CellCode"/> was read; null without one.</param>
/// <param name="Options">What is learned, and by what.</param>
/// <param name="Categories">Columns that are categories, whatever they look like.</param>
/// <param name="Ignored">Columns that are not read.</param>
/// <param name="Separator">What stands between the cells of CSV; null finds it out.</param>
/// <param name="Out">The folder for the model.</param>
/// <param name="Json">Whether the last line is JSON.</param>
internal sealed record TableRequest(
    string File, string? CellFile, TableOptions Options, IReadOnlyList<string> Categories, IReadOnlyList<string> Ignored, char? Separator,
        string Out, bool Json)
{
    /// <summary>How the file is read: what is known of columns is not found out.</summary>
    public TableReadOptions ReadOptions()
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach (var name in Ignored)
            kinds[name] = ColumnKind.Ignored;
        foreach (var name in Categories)
            kinds[name] = ColumnKind.Category;
        if (Options.Group is { } group)
            kinds[group] = ColumnKind.Category;
        if (Options.Time is { } time)
            kinds[time] = ColumnKind.Time;
        return new() { Separator = Separator, Kinds = kinds };
    }
}
