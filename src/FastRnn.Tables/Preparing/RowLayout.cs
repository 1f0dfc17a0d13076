namespace FastRnn.Tables.Preparing;

/// <summary>The rows of a table, group behind group, each in the order of time.</summary>
internal sealed class RowLayout
{
    private RowLayout(int[] rows, IReadOnlyList<RowGroup> groups, double[]? times) => (Rows, Groups, Times) = (rows, groups, times);

    /// <summary>For each place the row of the table.</summary>
    public int[] Rows { get; }

    public IReadOnlyList<RowGroup> Groups { get; }

    /// <summary>For each place its time; null if there is no such column.</summary>
    public double[]? Times { get; }

    /// <param name="table">The rows.</param>
    /// <param name="group">The column of groups.</param>
    /// <param name="time">The column of times.</param>
    /// <param name="sorts">Whether other orders of times than the table's are fine.</param>
    /// <exception cref="TableException">A row has no group or no time, a time goes back or is there twice.</exception>
    public static RowLayout Of(Table table, string? group, string? time, bool sorts)
    {
        var rows = Enumerable.Range(0, table.RowCount).ToArray();
        var groups = new List<RowGroup>();
        if (group is null)
        {
            groups.Add(new RowGroup("", 0, rows.Length));
        }
        else
        {
            var column = Column(table, group, ColumnKind.Category);
            CheckWhole(table, column);
            var codes = column.Codes.ToArray();

            // A stable sort: the rows of a group stay in their order.
            rows = [.. rows.OrderBy(row => codes[row])];
            for (var start = 0; start < rows.Length;)
            {
                var end = start;
                while (end < rows.Length && codes[rows[end]] == codes[rows[start]])
                    end++;
                groups.Add(new RowGroup(column.Labels[codes[rows[start]]], start, end));
                start = end;
            }
        }

        if (time is null)
            return new(rows, groups, null);
        var timeColumn = Column(table, time, ColumnKind.Time);
        CheckWhole(table, timeColumn);
        var times = timeColumn.Times;
        var ordered = new double[rows.Length];
        foreach (var (_, start, end) in groups)
        {
            for (var i = start; i < end; i++)
                ordered[i] = times[rows[i]];
            if (sorts)
                Array.Sort(ordered, rows, start, end - start);
            for (var i = start + 1; i < end; i++)
                CheckOrder(table, timeColumn, group, rows[i - 1], rows[i]);
        }

        return new(rows, groups, ordered);
    }

    /// <summary>A column of numbers in this order; NaN where there is none.</summary>
    public float[] Numbers(TableColumn column)
    {
        var values = new float[Rows.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = column.Numbers[Rows[i]];
        return values;
    }

    /// <summary>A column of a kind.</summary>
    /// <exception cref="TableException">It is of another.</exception>
    public static TableColumn Column(Table table, string name, ColumnKind kind)
    {
        var column = table[name];
        return column.Kind == kind ? column : throw new TableException(
            table.Name, 0, name, $"expected {Name(kind)}, got {Name(column.Kind)}{(column.Note.Length > 0 ? ": " + column.Note : "")}");
    }

    private static string Name(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Category => "categories",
        ColumnKind.Time => "times",
        _ => "a column that is ignored",
    };

    private static void CheckWhole(Table table, TableColumn column)
    {
        for (var row = 0; column.MissingCount > 0 && row < column.RowCount; row++)
        {
            if (column.IsMissing(row))
                throw new TableException(
                    table.Name, row + 1, column.Name, "expected a value, got none: each row needs its group and its time");
        }
    }

    private static void CheckOrder(Table table, TableColumn column, string? group, int before, int row)
    {
        var (earlier, later) = (column.Times[before], column.Times[row]);
        if (later > earlier)
            return;
        var of = group is null ? "" : $" of {group} '{table[group].Text(row)}'";
        throw new TableException(
            table.Name, row + 1, column.Name, later == earlier
                ? $"the time {column.Text(row)}{of} is there twice: it is that of row {before + 1}, too"
                : $"the time {column.Text(row)}{of} is before that of row {before + 1}, {column.Text(before)}: sort them, or ask for it");
    }
}
