using FastRnn.Tables.Reading;

namespace FastRnn.Tables;

/// <summary>Rows of numbers, categories and times, column by column in memory.</summary>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> byName = new(StringComparer.Ordinal);

    /// <summary>Puts a table together.</summary>
    /// <param name="name">What messages call it; for a file its path.</param>
    /// <param name="columns">All equally long, with different names.</param>
    /// <exception cref="TableException">There is no column, two have one name, or their lengths differ.</exception>
    public Table(string name, params IEnumerable<TableColumn> columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(columns);
        Name = name;
        Columns = [.. columns];
        if (Columns.Count == 0)
            throw new TableException(name, 0, null, "expected at least one column, got none");
        RowCount = Columns[0].RowCount;
        foreach (var column in Columns)
        {
            if (column.RowCount != RowCount)
                throw new TableException(
                    name, 0, column.Name, FormattableString.Invariant($"expected {RowCount} rows, got {column.RowCount}"));
            if (!byName.TryAdd(column.Name, column))
                throw new TableException(name, 0, column.Name, "there are two columns of this name");
        }
    }

    /// <summary>What messages call it; for a file its path.</summary>
    public string Name { get; }

    /// <summary>The columns, in their order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>A column.</summary>
    /// <param name="column">Its name, compared ordinally.</param>
    /// <exception cref="TableException">There is none; the message says which there are.</exception>
    public TableColumn this[string column] => Find(column) ?? throw new TableException(
        Name, 0, column, $"there is no such column; the table has {string.Join(", ", Columns.Take(50).Select(c => c.Name))}");

    /// <summary>Reads a file: Parquet if its name ends with <c>.parquet</c>, else CSV. A CSV file is read twice, row by row: first to find
    /// what its columns hold, then their values; nothing is kept of it but those (4 bytes a number or category, 8 a time).</summary>
    /// <remarks>The first line has the names. Cells that are empty, or NA, N/A, NaN, null, None or ?, have no value. A column of numbers is
    /// one whose other cells all are numbers, with a point; if at least nine in ten are, the others are errors. Times are dates with the
    /// year first. All other columns are categories, if there are at most 10,000 different texts.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known of it.</param>
    /// <exception cref="TableException">The file is broken, or too large: the message names row and column.</exception>
    /// <exception cref="Files.ModelFileException">There is no such file, it is empty, a pipe or a folder, or it cannot be
    /// opened.</exception>
    public static Table Read(string path, TableReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new TableReadOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes, 1);
        using var file = FastRnn.Files.RegularFile.Open(path);
        return Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase)
            ? ParquetFile.Read(path, file, options)
            : CsvFile.Read(path, file, options);
    }

    /// <summary>A column, or null if there is none of the name.</summary>
    internal TableColumn? Find(string column) => byName.GetValueOrDefault(column);
}
