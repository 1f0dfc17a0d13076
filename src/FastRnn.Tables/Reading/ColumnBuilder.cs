namespace FastRnn.Tables.Reading;

/// <summary>The values of a column, filled row by row.</summary>
internal sealed class ColumnBuilder
{
    private readonly string table;
    private readonly string name;
    private readonly bool isAsked;
    private readonly bool isCalendar;
    private readonly int rowCount;
    private readonly float[] numbers = [];
    private int[] codes = [];
    private readonly double[] times = [];
    private readonly Dictionary<string, int> labels = new(StringComparer.Ordinal);
    private ColumnKind kind;
    private string note;
    private int row;
    private int missing;

    /// <param name="table">What messages call the table.</param>
    /// <param name="name">What the column is called.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="isCalendar">Whether times are dates.</param>
    /// <param name="note">Why it is ignored.</param>
    /// <param name="rowCount">Rows that will come.</param>
    /// <param name="isAsked">Whether it must be of that kind; else texts that are no category are left out.</param>
    public ColumnBuilder(string table, string name, ColumnKind kind, bool isCalendar, string note, int rowCount, bool isAsked)
    {
        (this.table, this.name, this.kind, this.isCalendar, this.note, this.rowCount) = (table, name, kind, isCalendar, note, rowCount);
        this.isAsked = isAsked;
        if (kind == ColumnKind.Number)
            numbers = new float[rowCount];
        else if (kind == ColumnKind.Category)
            codes = new int[rowCount];
        else if (kind == ColumnKind.Time)
            times = new double[rowCount];
    }

    /// <summary>Whether anything of it is kept.</summary>
    public bool IsRead => kind != ColumnKind.Ignored;

    /// <summary>A cell of text, which was looked at before.</summary>
    /// <exception cref="TableException">It is another than then.</exception>
    public void Add(ReadOnlySpan<char> cell)
    {
        if (CellText.IsMissing(cell))
            AddMissing();
        else if (kind == ColumnKind.Category)
            AddLabel(cell);
        else if (isCalendar ? TableTime.TryParse(cell, out var number) : CellText.TryNumber(cell, out number))
            AddNumber(number);
        else
            throw new TableException(table, row + 1, name, $"'{CellText.Shown(cell)}': the file was changed while it was read");
    }

    public void AddNumber(double number)
    {
        if (kind == ColumnKind.Time)
            times[row++] = number;
        else
            numbers[row++] = (float)number;
    }

    public void AddLabel(ReadOnlySpan<char> label)
    {
        if (!IsRead)
            return;
        var lookup = labels.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(label, out var code))
        {
            if (labels.Count == CellText.MostLabels || label.Length > CellText.LongestLabel)
            {
                LeaveOut();
                return;
            }

            labels.Add(label.ToString(), code = labels.Count);
        }

        codes[row++] = code;
    }

    public void AddMissing()
    {
        if (!IsRead)
            return;
        missing++;
        if (kind == ColumnKind.Category)
            codes[row++] = -1;
        else
            AddNumber(double.NaN);
    }

    public TableColumn Build() => kind switch
    {
        ColumnKind.Number => new(name, kind, numbers, missing),
        ColumnKind.Category => new(name, codes, [.. labels.Keys]),
        ColumnKind.Time => new(name, times, isCalendar),
        _ => TableColumn.Ignored(name, rowCount, note),
    };

    private void LeaveOut()
    {
        if (isAsked)
            throw new TableException(table, row + 1, name, CellText.NoCategory);
        (kind, note) = (ColumnKind.Ignored, CellText.ManyLabels);
        codes = [];
        labels.Clear();
        labels.TrimExcess();
    }
}
