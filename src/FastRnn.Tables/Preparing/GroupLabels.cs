namespace FastRnn.Tables.Preparing;

/// <summary>The one label of each group of rows.</summary>
internal static class GroupLabels
{
    /// <summary>For each group the place of its label in <see cref="TableColumn.Labels"/>.</summary>
    /// <exception cref="TableException">A group has none, or two.</exception>
    public static int[] Of(Table table, TableColumn column, RowLayout layout)
    {
        var labels = new int[layout.Groups.Count];
        for (var g = 0; g < labels.Length; g++)
        {
            var (name, start, end) = layout.Groups[g];
            var found = -1;
            for (var i = start; i < end; i++)
            {
                var code = column.Codes[layout.Rows[i]];
                if (code < 0 || code == found)
                    continue;
                if (found >= 0)
                {
                    throw new TableException(
                        table.Name, layout.Rows[i] + 1, column.Name,
                        $"expected one label for all rows of '{name}', got '{column.Labels[found]}' and '{column.Labels[code]}'");
                }

                found = code;
            }

            labels[g] = found >= 0 ? found : throw new TableException(
                table.Name, layout.Rows[start] + 1, column.Name, $"no row of '{name}' has a label");
        }

        return labels;
    }
}
