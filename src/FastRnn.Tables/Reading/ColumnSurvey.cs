namespace FastRnn.Tables.Reading;

/// <summary>What the cells of a column of texts are, counted row by row: of that follows its kind.</summary>
internal sealed class ColumnSurvey(string table, string name, ColumnKind? asked)
{
    // An object, and its place in a set.
    private const int LabelCost = 64;

    private readonly HashSet<string> labels = new(StringComparer.Ordinal);
    private bool hasManyLabels;
    private long numbers, times, texts, firstNumber, firstText;
    private string text = "", number = "";

    public string Name => name;

    /// <summary>Whether its cells are looked at.</summary>
    public bool IsRead => asked != ColumnKind.Ignored;

    /// <summary>Bytes of a value, as far as it is known yet.</summary>
    public int ValueBytes => !IsRead ? 0 : asked == ColumnKind.Time || times > 0 ? sizeof(double) : sizeof(float);

    /// <summary>Bytes of its different texts so far.</summary>
    public long LabelBytes { get; private set; }

    /// <summary>Whether times are dates.</summary>
    public bool IsCalendar => times > 0;

    /// <summary>Looks at a cell.</summary>
    /// <exception cref="TableException">It is not what the column was asked to be.</exception>
    public void Add(ReadOnlySpan<char> cell, long row)
    {
        if (CellText.IsMissing(cell))
            return;
        if (asked is ColumnKind.Category || (texts > 0 && asked is null && numbers + times == 0 && hasManyLabels))
        {
            AddText(cell, row);
        }
        else if (CellText.TryNumber(cell, out _))
        {
            if (numbers++ == 0)
                (firstNumber, number) = (row, CellText.Shown(cell));
            if (asked == ColumnKind.Time && times > 0)
                throw Wrong(row, "a date as in the rows before", cell);
            if (texts > 0)
                AddLabel(cell);
        }
        else if (TableTime.TryParse(cell, out _))
        {
            if (times++ == 0 && texts == 0)
                (firstText, text) = (row, CellText.Shown(cell));
            if (asked == ColumnKind.Time && numbers > 0)
                throw Wrong(row, "a number as in the rows before", cell);
            if (asked == ColumnKind.Number)
                throw Wrong(row, "a number", cell);
            if (texts > 0)
                AddLabel(cell);
        }
        else
        {
            AddText(cell, row);
        }
    }

    /// <summary>What the column holds.</summary>
    /// <param name="note">Why nothing of it is read, if it is so.</param>
    /// <exception cref="TableException">There are texts among numbers.</exception>
    public ColumnKind Kind(out string note)
    {
        note = "";
        if (asked == ColumnKind.Ignored)
            note = "not asked for";
        if (asked is { } kind)
            return kind;
        if (numbers + times + texts == 0)
        {
            note = "it is empty";
            return ColumnKind.Ignored;
        }

        if (texts + times == 0)
            return ColumnKind.Number;
        if (texts + numbers == 0)
            return ColumnKind.Time;
        if (numbers >= 9 * (texts + times))
            throw Wrong(firstText, "a number as in most rows", text);
        if (times >= 9 * (texts + numbers))
        {
            throw texts > 0 ? Wrong(firstText, "a date with the year first, as in most rows", text)
                : Wrong(firstNumber, "a date with the year first, as in most rows", number);
        }

        if (hasManyLabels)
        {
            note = CellText.ManyLabels;
            return ColumnKind.Ignored;
        }

        return ColumnKind.Category;
    }

    private void AddText(ReadOnlySpan<char> cell, long row)
    {
        if (asked is ColumnKind.Number or ColumnKind.Time)
            throw Wrong(
                row, asked == ColumnKind.Number ? "a number" : "a date with the year first, such as 2026-11-30 17:00, or a number", cell);
        if (texts++ == 0)
            (firstText, text) = (row, CellText.Shown(cell));
        AddLabel(cell);
        if (asked == ColumnKind.Category && hasManyLabels)
            throw new TableException(table, row, name, CellText.NoCategory);
    }

    private void AddLabel(ReadOnlySpan<char> cell)
    {
        var known = labels.GetAlternateLookup<ReadOnlySpan<char>>();
        if (hasManyLabels || known.Contains(cell))
            return;
        if (labels.Count >= CellText.MostLabels || cell.Length > CellText.LongestLabel)
        {
            hasManyLabels = true;
            labels.Clear();
            LabelBytes = 0;
            return;
        }

        known.Add(cell);
        LabelBytes += LabelCost + (cell.Length * sizeof(char));
    }

    private TableException Wrong(long row, string expected, ReadOnlySpan<char> got) => new(
        table, row, name,
        $"expected {expected}, got '{CellText.Shown(got)}' (or say what the column is: a category, or ignored)");
}
