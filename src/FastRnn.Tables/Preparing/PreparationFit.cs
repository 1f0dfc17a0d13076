namespace FastRnn.Tables.Preparing;

/// <summary>Makes a preparation of the training part of a table.</summary>
internal sealed class PreparationFit
{
    private readonly Table table;
    private readonly TableOptions options;
    private readonly RowLayout layout;
    private readonly List<PartRange> training;
    private readonly List<string> notes = [];

    /// <param name="table">The rows.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="layout">The order of the rows.</param>
    /// <param name="parts">Which of them are learned.</param>
    public PreparationFit(Table table, TableOptions options, RowLayout layout, IEnumerable<PartRange> parts)
    {
        (this.table, this.options, this.layout) = (table, options, layout);
        training = [.. parts.Where(range => range.Part == Part.Training)];
    }

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>A preparation for forecasts.</summary>
    public TablePreparation Forecast()
    {
        var targets = options.Targets.Select(name => RowLayout.Column(table, name, ColumnKind.Number)).ToList();
        var time = Time();
        var first = layout.Numbers(targets[0]);
        var season = options.Season > 0 ? options.Season : SeasonFinder.Find(first, training, time);
        var outputs = new List<PreparedOutput>();
        foreach (var target in targets)
        {
            var values = layout.Numbers(target);
            CheckVaries(target.Name, Training(values));
            outputs.AddRange(options.Horizons.Select(horizon => Output(target.Name, values, horizon, season)));
        }

        return new TablePreparation(new PreparationText
        {
            Inputs = [.. Inputs(label: null)],
            Time = time,
            Group = options.Group,
            Outputs = outputs,
            Label = null,
            Classes = [],
            Window = options.Window > 0 ? options.Window : season > 0 ? Math.Clamp(season, 16, 96) : 32,
            Season = season,
            SortByTime = options.SortByTime,
            Model = PreparedModel.Of(options),
            Weights = null,
        });
    }

    /// <summary>A preparation for names of groups.</summary>
    /// <param name="classes">The names.</param>
    public TablePreparation Classification(IReadOnlyList<string> classes) => new(new PreparationText
    {
        Inputs = [.. Inputs(options.Targets[0])],
        Time = Time(),
        Group = options.Group,
        Outputs = [],
        Label = options.Targets[0],
        Classes = classes,
        Window = 1,
        Season = 0,
        SortByTime = options.SortByTime,
        Model = PreparedModel.Of(options),
        Weights = null,
    });

    private PreparedOutput Output(string target, float[] values, int horizon, int season)
    {
        // The less the difference varies, the less is left to learn.
        PreparedOutput? best = null;
        foreach (var period in season > 0 ? [Anchor.None, Anchor.Last, season] : new[] { Anchor.None, Anchor.Last })
        {
            var differences = new List<float>();
            foreach (var range in training)
            {
                var start = layout.Groups[range.Group].Start;
                for (var i = range.Start; i + horizon < range.End; i++)
                    differences.Add(values[i + horizon] - Anchor.Of(values, start, i, horizon, period));
            }

            var numbers = differences.Where(value => !float.IsNaN(value)).ToArray();
            if (numbers.Length < 2)
                continue;
            var fit = Standardizer.Fit(numbers);
            if (best is null || fit.Scale < best.Scale)
                best = new() { Target = target, Horizon = horizon, Period = period, Mean = fit.Mean, Scale = fit.Scale };
        }

        return best ?? throw new TableException(table.Name, 0, target, FormattableString.Invariant(
            $"the training part has no two rows with a value {horizon} rows ahead: expected more rows, or a smaller horizon"));
    }

    private IEnumerable<PreparedInput> Inputs(string? label)
    {
        var asked = options.Inputs?.ToList();
        foreach (var name in asked ?? [])
            _ = table[name];
        if (asked is not null)
            asked.AddRange(label is null ? options.Targets : []);
        foreach (var column in table.Columns)
        {
            var isAsked = asked?.Contains(column.Name) ?? true;
            var isUnread = column.Name == options.Group && asked is null && (label is not null || options.Split == TableSplit.Group);
            if (column.Name == label || column.Name == options.Time || isUnread || !isAsked)
                continue;
            if (column.Kind == ColumnKind.Number && Number(column) is { } number)
                yield return number;
            else if (column.Kind == ColumnKind.Category && Category(column) is { } category)
                yield return category;
            else if (column.Kind == ColumnKind.Ignored)
                notes.Add($"column '{column.Name}' is not read: {column.Note}");
            else if (column.Kind == ColumnKind.Time)
                notes.Add(options.Time is null
                    ? $"column '{column.Name}' is not read: it holds times, but rows are taken in the order of the table (--time names it)"
                    : $"column '{column.Name}' is not read: it holds times, and another column is the time of the rows (--time)");
        }
    }

    private PreparedInput? Number(TableColumn column)
    {
        var values = Training(layout.Numbers(column));
        var missing = values.Count(float.IsNaN);
        var fit = Standardizer.Fit(values);
        if (missing == values.Length || (!Varies(values) && missing == 0))
        {
            notes.Add($"column '{column.Name}' is not read: {(missing > 0 ? "it is empty" : "it is constant")} in the training part");
            return null;
        }

        return new() { Name = column.Name, Labels = null, Mean = fit.Mean, Scale = fit.Scale, HasIndicator = missing > 0 };
    }

    private PreparedInput? Category(TableColumn column)
    {
        var codes = new SortedSet<int>();
        foreach (var range in training)
        {
            for (var i = range.Start; i < range.End; i++)
            {
                if (column.Codes[layout.Rows[i]] is >= 0 and var code)
                    codes.Add(code);
            }
        }

        var labels = codes.Select(code => column.Labels[code]).Order(StringComparer.Ordinal).ToList();
        if (labels.Count is < 2 or > CategoryInputs.MostLabels)
        {
            var found = labels.Count < 2 ? "one category" : $"more than {CategoryInputs.MostLabels} categories";
            notes.Add($"column '{column.Name}' is not read: it has {found} in the training part");
            return null;
        }

        return new() { Name = column.Name, Labels = labels, Mean = 0, Scale = 1, HasIndicator = false };
    }

    private PreparedTime? Time()
    {
        if (layout.Times is not { } times)
            return null;
        var column = table[options.Time!];
        var gaps = new List<double>();
        var (earliest, latest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var range in training)
        {
            for (var i = range.Start + 1; i < range.End; i++)
                gaps.Add(times[i] - times[i - 1]);
            (earliest, latest) = (Math.Min(earliest, times[range.Start]), Math.Max(latest, times[range.End - 1]));
        }

        if (gaps.Count == 0)
            throw new TableException(
                table.Name, 0, options.Time, "no group has two rows in the training part: there is no usual time between rows");
        gaps.Sort();
        var (step, span) = (gaps[gaps.Count / 2], latest - earliest);
        return new()
        {
            Name = options.Time,
            IsCalendar = column.IsCalendar,
            Step = step,

            // A part of the calendar is useful if steps tell it apart, and it came more than once.
            HasDay = column.IsCalendar && step < TableTime.Day / 2 && span >= 2 * TableTime.Day,
            HasWeek = column.IsCalendar && step <= TableTime.Day && span >= 14 * TableTime.Day,
            HasYear = column.IsCalendar && step < TableTime.Year / 4 && span >= 0.9 * TableTime.Year,
        };
    }

    private float[] Training(float[] values) => [.. training.SelectMany(range => values[range.Start..range.End])];

    private static bool Varies(float[] values)
    {
        var first = Array.Find(values, value => !float.IsNaN(value));
        return Array.Exists(values, value => !float.IsNaN(value) && value != first);
    }

    private void CheckVaries(string target, float[] values)
    {
        if (!Varies(values))
            throw new TableException(
                table.Name, 0, target, "the target is constant, or empty, in the training part: there is nothing to learn");
    }
}
