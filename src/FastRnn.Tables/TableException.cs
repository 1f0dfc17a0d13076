using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Tables;

/// <summary>A table could not be read, or does not fit: the message names the file, the row and the column, what was expected and what was
/// found.</summary>
public sealed class TableException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="table">The file, or the name of the table.</param>
    /// <param name="row">The row, from 1, without the line of names; 0 if it is none of one row.</param>
    /// <param name="column">The column; null if it is none of one column.</param>
    /// <param name="what">What is wrong, expected and got.</param>
    /// <param name="cause">The error below it, if there was one.</param>
    public TableException(string table, long row, string? column, string what, Exception? cause = null)
        : base(new ModelFileException(table, Place(row, column) + what).Message, cause) =>
        (Table, Row, Column) = (table, row, column);

    /// <summary>The file, or the name of the table.</summary>
    public string Table { get; }

    /// <summary>The row, from 1, without the line of names; 0 if it is none of one row.</summary>
    public long Row { get; }

    /// <summary>The column; null if it is none of one column.</summary>
    public string? Column { get; }

    private static string Place(long row, string? column)
    {
        var place = row > 0 ? string.Create(CultureInfo.InvariantCulture, $"row {row}") : "";
        if (column is not null)
            place += (place.Length > 0 ? ", " : "") + $"column '{column}'";
        return place.Length > 0 ? place + ": " : "";
    }
}
