using FastRnn.Tables.Preparing;

namespace FastRnn.Tables;

/// <summary>What becomes of the columns of a table before a model reads them, found out on the training part alone: means and deviations,
/// categories, the usual time between rows, what targets are compared with. It is saved with the model.</summary>
public sealed class TablePreparation
{
    internal TablePreparation(PreparationText text)
    {
        Text = text;
        FeatureNames =
        [
            .. Numbers.SelectMany(input => input.HasIndicator ? [input.Name!, $"{input.Name} (missing)"] : new[] { input.Name! }),
            .. Text.Time?.Names() ?? [],
        ];
    }

    /// <summary>Numbers of a row that a model reads.</summary>
    public int Width => FeatureNames.Count;

    /// <summary>What each of them is.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The columns of categories that a model reads, besides; it learns a vector for each label.</summary>
    public IReadOnlyList<string> CategoryNames => [.. Categories.Select(input => input.Name!)];

    /// <summary>What a model puts out: <c>price+12</c> for a forecast, else the classes.</summary>
    public IReadOnlyList<string> OutputNames =>
        Text.Classifies ? [.. Text.Classes!.OfType<string>()] : [.. Outputs.Select(output => output.Name)];

    /// <summary>Whether groups of rows are named; else numbers are forecast.</summary>
    public bool Classifies => Text.Classifies;

    /// <summary>How <see cref="Table.Read"/> reads another table for the model: the columns that it needs, of the same kinds, and no
    /// others.</summary>
    public TableReadOptions ReadOptions => new() { Kinds = Kinds, IgnoreOthers = true };

    /// <summary>The kinds that the columns of another table must have. Columns that are neither read nor shown are left out.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds
    {
        get
        {
            var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
            foreach (var input in Inputs)
                kinds[input.Name!] = input.IsCategory ? ColumnKind.Category : ColumnKind.Number;
            foreach (var output in Outputs)
                kinds[output.Target!] = ColumnKind.Number;
            if (Text.Time is { } time)
                kinds[time.Name!] = ColumnKind.Time;
            if (Text.Group is { } group)
                kinds[group] = ColumnKind.Category;
            return kinds;
        }
    }

    internal PreparationText Text { get; }

    internal IEnumerable<PreparedInput> Inputs => Text.Inputs!.OfType<PreparedInput>();

    internal IEnumerable<PreparedInput> Numbers => Inputs.Where(input => !input.IsCategory);

    internal IEnumerable<PreparedInput> Categories => Inputs.Where(input => input.IsCategory);

    internal IEnumerable<PreparedOutput> Outputs => Text.Outputs!.OfType<PreparedOutput>();

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Files.ModelFileException">It is missing, broken, or of another version.</exception>
    public static TablePreparation Load(string path) => new(PreparationFile.Read(path));

    /// <summary>Writes it as JSON with a checksum; the file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Files.ModelFileException">It cannot be written.</exception>
    public void Save(string path) => PreparationFile.Write(path, Text);

    /// <summary>The rows of a table in the order in which they are read.</summary>
    internal RowLayout Layout(Table table) => RowLayout.Of(table, Text.Group, Text.Time?.Name, Text.SortByTime);

    /// <summary>What a model reads.</summary>
    /// <exception cref="TableException">The table does not fit.</exception>
    internal EncodedRows Encode(Table table, RowLayout layout)
    {
        if ((long)layout.Rows.Length * Math.Max(Width, Categories.Count()) > Array.MaxLength)
        {
            throw new TableException(table.Name, 0, null, FormattableString.Invariant(
                $"the table is too large: {layout.Rows.Length} rows of {Width} numbers that the model reads; ")
                + FormattableString.Invariant($"at most {Array.MaxLength} numbers are held"));
        }

        var encoded = new EncodedRows(this, layout.Rows.Length);
        var at = 0;
        foreach (var input in Numbers)
            at += EncodeNumber(table, layout, input, encoded.Numbers, at);
        at = 0;
        foreach (var input in Categories)
            EncodeCategory(table, layout, input, encoded, at++);
        if (Text.Time is { } time)
        {
            var (times, column) = (layout.Times!, table[time.Name!]);
            if (column.IsCalendar != time.IsCalendar && column.MissingCount < column.RowCount)
            {
                throw new TableException(
                    table.Name, 0, time.Name, time.IsCalendar ? "expected dates, got numbers" : "expected numbers, got dates");
            }

            foreach (var (_, start, end) in layout.Groups)
            {
                for (var i = start; i < end; i++)
                    time.Write(
                        times[i], i > start ? times[i - 1]
                            : double.NaN, encoded.Numbers.AsSpan(((i + 1) * Width) - time.Width, time.Width));
            }
        }

        return encoded;
    }

    private int EncodeNumber(Table table, RowLayout layout, PreparedInput input, float[] encoded, int at)
    {
        var (column, standardizer) = (RowLayout.Column(table, input.Name!, ColumnKind.Number), input.Standardizer);
        for (var i = 0; i < layout.Rows.Length; i++)
        {
            var value = column.Numbers[layout.Rows[i]];
            encoded[(i * Width) + at] = standardizer.Transform(value);
            if (input.HasIndicator)
                encoded[(i * Width) + at + 1] = float.IsNaN(value) ? 1 : 0;
        }

        return input.HasIndicator ? 2 : 1;
    }

    private static void EncodeCategory(Table table, RowLayout layout, PreparedInput input, EncodedRows encoded, int at)
    {
        var column = RowLayout.Column(table, input.Name!, ColumnKind.Category);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in input.Labels!)
            places.Add(label!, places.Count);
        var tokens = column.Labels.Select(label => CategoryInputs.Token(places.GetValueOrDefault(label, -1))).ToArray();
        for (var i = 0; i < layout.Rows.Length; i++)
        {
            var code = column.Codes[layout.Rows[i]];
            encoded.Tokens[(i * encoded.Categories) + at] = code < 0 ? CategoryInputs.Unknown : tokens[code];
        }
    }
}
