using Parquet;

namespace FastRnn.Tables.Reading;

/// <summary>Parquet files, a group of rows at a time; columns of lists and of structures are left out.</summary>
internal static class ParquetFile
{
    /// <param name="path">What messages call it.</param>
    /// <param name="file">At its beginning.</param>
    /// <param name="options">How.</param>
    public static Table Read(string path, FileStream file, TableReadOptions options)
    {
        try
        {
            return ReadAsync(path, file, options).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not TableException)
        {
            // A damaged file ends in exceptions of many kinds; one of them is that of an array as long as no array can be.
            throw new TableException(path, 0, null, $"no Parquet file that can be read: {e.Message}", e);
        }
    }

    private static async Task<Table> ReadAsync(string path, FileStream file, TableReadOptions options)
    {
        ParquetFooter.Check(file);
        using var buffered = new BufferedStream(file, 1 << 16);
        await using var ending = new EndingStream(buffered);
        await using var reader = await ParquetReader.CreateAsync(ending, leaveStreamOpen: true).ConfigureAwait(false);
        var fields = reader.Schema.Fields;
        var missing = options.Kinds.Keys.FirstOrDefault(name => fields.All(field => field.Name != name));
        if (missing is not null)
            throw new TableException(
                path, 0, missing, $"there is no such column; the file has {string.Join(", ", fields.Take(50).Select(f => f.Name))}");

        long rows = 0;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            if (group.RowCount < 0 || group.RowCount > Array.MaxLength - rows)
            {
                throw new TableException(path, 0, null, FormattableString.Invariant(
                    $"group {i} claims {group.RowCount} rows after {rows}: expected 0 to {Array.MaxLength} in all"));
            }

            rows += group.RowCount;
        }

        if (rows == 0)
            throw new TableException(path, 0, null, "expected rows, got none");
        var columns = fields.Select(field =>
            new ParquetColumn(path, field, options.KindOf(field.Name))).ToList();
        var rowBytes = columns.Sum(column => column.ValueBytes);
        if (rows * (double)rowBytes > options.MaxBytes || rows > Array.MaxLength)
        {
            throw new TableException(path, rows, null, FormattableString.Invariant(
                $"the table is too large: {rows} rows of {rowBytes} bytes, and at most {options.MaxBytes} bytes are held; ")
                + "ignore columns, or cut the file");
        }

        foreach (var column in columns)
        {
            column.Begin((int)rows);
            for (var i = 0; i < reader.RowGroupCount; i++)
            {
                using var group = reader.OpenRowGroupReader(i);
                await column.ReadAsync(group).ConfigureAwait(false);
            }
        }

        return new Table(path, columns.Select(column => column.Build()));
    }
}
