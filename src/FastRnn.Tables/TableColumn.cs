using System.Globalization;

namespace FastRnn.Tables;

/// <summary>One column of a <see cref="Table"/>: a value or nothing for each row.</summary>
public sealed class TableColumn
{
    private readonly float[] numbers = [];
    private readonly int[] codes = [];
    private readonly double[] times = [];

    private TableColumn(string name, ColumnKind kind, int rowCount)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Kind, RowCount) = (name, kind, rowCount);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Rows of the table.</summary>
    public int RowCount { get; }

    /// <summary>Of a column of numbers: one a row, NaN where there is none; else empty.</summary>
    public ReadOnlySpan<float> Numbers => numbers;

    /// <summary>Of a column of categories: for each row the place of its text in <see cref="Labels"/>, -1 where there is none; else
    /// empty.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>Of a column of categories: its texts, in the order in which they occur.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    /// <summary>Of a column of times: seconds since 1970 (UTC) for dates, or the numbers themselves; NaN where there is none; else
    /// empty.</summary>
    public ReadOnlySpan<double> Times => times;

    /// <summary>Whether times are dates.</summary>
    public bool IsCalendar { get; private init; }

    /// <summary>Why it is ignored; else empty.</summary>
    public string Note { get; private init; } = "";

    /// <summary>Rows without a value.</summary>
    public int MissingCount { get; private init; }

    /// <summary>A column of numbers.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="numbers">One a row, NaN where there is none; kept, not copied.</param>
    /// <exception cref="ArgumentException">A number is infinite.</exception>
    public static TableColumn OfNumbers(string name, float[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var infinite = Array.FindIndex(numbers, float.IsInfinity);
        if (infinite >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {infinite + 1} is infinite."), nameof(numbers));
        return new(name, ColumnKind.Number, numbers, numbers.Count(float.IsNaN));
    }

    /// <summary>A column of categories.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="texts">One a row; null or empty where there is none.</param>
    public static TableColumn OfCategories(string name, IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[texts.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            if (string.IsNullOrEmpty(texts[i]))
                codes[i] = -1;
            else if (!places.TryGetValue(texts[i]!, out codes[i]))
                places.Add(texts[i]!, codes[i] = places.Count);
        }

        return new(name, codes, [.. places.Keys]);
    }

    /// <summary>A column of dates.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="times">One a row; those of another zone than UTC are converted, those of none are taken as UTC.</param>
    public static TableColumn OfTimes(string name, IReadOnlyList<DateTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return new(name, [.. times.Select(time => TableTime.Seconds(time))], isCalendar: true);
    }

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> - 1.</param>
    public bool IsMissing(int row) => Kind switch
    {
        ColumnKind.Number => float.IsNaN(numbers[row]),
        ColumnKind.Category => codes[row] < 0,
        ColumnKind.Time => double.IsNaN(times[row]),
        _ => true,
    };

    /// <summary>The value of a row as a file has it; empty where there is none.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> - 1.</param>
    public string Text(int row) => IsMissing(row) ? "" : Kind switch
    {
        ColumnKind.Number => numbers[row].ToString(CultureInfo.InvariantCulture),
        ColumnKind.Category => Labels[codes[row]],
        _ => IsCalendar ? TableTime.Text(times[row]) : times[row].ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Numbers that are finite or NaN.</summary>
    internal TableColumn(string name, ColumnKind kind, float[] numbers, int missing)
        : this(name, kind, numbers.Length) => (this.numbers, MissingCount) = (numbers, missing);

    /// <summary>Places in a list of labels.</summary>
    internal TableColumn(string name, int[] codes, IReadOnlyList<string> labels)
        : this(name, ColumnKind.Category, codes.Length) =>
        (this.codes, Labels, MissingCount) = (codes, labels, codes.Count(code => code < 0));

    /// <summary>Times that are finite or NaN.</summary>
    internal TableColumn(string name, double[] times, bool isCalendar)
        : this(name, ColumnKind.Time, times.Length) =>
        (this.times, IsCalendar, MissingCount) = (times, isCalendar, times.Count(double.IsNaN));

    /// <summary>A column of which nothing is kept.</summary>
    internal static TableColumn Ignored(string name, int rowCount, string note) =>
        new(name, ColumnKind.Ignored, rowCount) { Note = note, MissingCount = rowCount };
}
