namespace FastRnn.Tables;

/// <summary>How a file is read.</summary>
public sealed record TableReadOptions
{
    /// <summary>The most bytes of values that a table may hold unless said otherwise: 2 GB, which are 67 million rows of eight
    /// numbers.</summary>
    public const long DefaultMaxBytes = 2L << 30;

    /// <summary>What stands between the cells of a CSV file; null takes what is most frequent in its first line of comma, semicolon, tab
    /// and |. Parquet files have none.</summary>
    public char? Separator { get; init; }

    /// <summary>Kinds of columns that are not to be found out; a cell that does not fit is an error. Columns of
    /// <see cref="ColumnKind.Ignored"/> are not read.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>Whether columns that <see cref="Kinds"/> does not name are not read.</summary>
    public bool IgnoreOthers { get; init; }

    /// <summary>The most bytes of values that the table may hold, at least 1; what is larger is refused at the row where it becomes so.
    /// Besides them a read takes a few buffers, however long the file is.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>What is known of a column; null if it is to be found out.</summary>
    internal ColumnKind? KindOf(string column) =>
        Kinds.TryGetValue(column, out var kind) ? kind : IgnoreOthers ? ColumnKind.Ignored : null;
}
