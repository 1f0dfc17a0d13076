using Parquet;
using Parquet.Schema;

namespace FastRnn.Tables.Tests;

/// <summary>Parquet files give the table that a CSV file gives.</summary>
public class ParquetTests
{
    [Fact]
    public async Task Values_are_those_that_were_written()
    {
        using var folder = new TableFolder();
        var path = folder.Path("t.parquet");
        await Write(path);

        var table = Table.Read(path);
        Assert.Equal(4, table.RowCount);
        Assert.Equal([ColumnKind.Number, ColumnKind.Number, ColumnKind.Category, ColumnKind.Time], table.Columns.Select(c => c.Kind));
        Assert.Equal([1.5f, float.NaN, 1.5f, float.NaN], table["x"].Numbers.ToArray());
        Assert.Equal([7f, 8f, 7f, 8f], table["n"].Numbers.ToArray());
        Assert.Equal(["red", "red"], [table["c"].Text(0), table["c"].Text(2)]);
        Assert.True(table["c"].IsMissing(1));
        Assert.Equal("2024-05-06T07:08:09", table["t"].Text(0));

        var asked = Table.Read(path, new() { Kinds = new Dictionary<string, ColumnKind> { ["n"] = ColumnKind.Category } });
        Assert.Equal(["7", "8"], asked["n"].Labels);
    }

    [Fact]
    public async Task A_damaged_file_and_wrong_columns_are_refused()
    {
        using var folder = new TableFolder();
        var path = folder.Path("t.parquet");
        await Write(path);
        Assert.Contains("there is no such column", Refusal("q", ColumnKind.Number), StringComparison.Ordinal);
        Assert.Contains("column 'c': expected a column of Number", Refusal("c", ColumnKind.Number), StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        Assert.Throws<TableException>(() => Table.Read(path));

        string Refusal(string column, ColumnKind kind) => Assert.Throws<TableException>(
            () => Table.Read(path, new() { Kinds = new Dictionary<string, ColumnKind> { [column] = kind } })).Message;
    }

    [Fact]
    public async Task A_file_that_ends_before_what_it_says_is_refused()
    {
        using var folder = new TableFolder();
        var path = folder.Path("t.parquet");
        await Write(path);
        var bytes = await File.ReadAllBytesAsync(path);
        var length = BitConverter.ToInt32(bytes, bytes.Length - 8);

        // A footer of one letter, which begins a text that the file does not have; and pages without their end.
        await File.WriteAllBytesAsync(path, [.. bytes[..^(length + 8)], 0x38, 1, 0, 0, 0, .. "PAR1"u8]);
        Assert.Throws<TableException>(() => Table.Read(path));
        await File.WriteAllBytesAsync(path, [.. bytes[..8], .. bytes[^(length + 8)..]]);
        Assert.Throws<TableException>(() => Table.Read(path));
    }

    [Fact]
    public async Task A_column_of_too_many_texts_is_left_out_unless_it_was_asked_for()
    {
        using var folder = new TableFolder();
        var path = folder.Path("t.parquet");
        var (texts, numbers) = (new DataField("id", typeof(string), isNullable: true), new DataField<int>("n"));
        await using (var file = File.Create(path))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(texts, numbers), file);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(texts, Enumerable.Range(0, 10_002).Select(i => i == 9 ? null! : $"row {i}").ToArray());
            await group.WriteAsync<int>(numbers, Enumerable.Range(0, 10_002).ToArray());
        }

        var table = Table.Read(path);
        Assert.Equal([ColumnKind.Ignored, ColumnKind.Number], table.Columns.Select(column => column.Kind));
        Assert.Equal(10_001, table["n"].Numbers[10_001]);
        var asked = Assert.Throws<TableException>(
            () => Table.Read(path, new() { Kinds = new Dictionary<string, ColumnKind> { ["id"] = ColumnKind.Category } }));
        Assert.Equal((10_002L, "id"), (asked.Row, asked.Column));
    }

    /// <summary>Two groups of two rows.</summary>
    private static async Task Write(string path)
    {
        var (x, n) = (new DataField<double?>("x"), new DataField<int>("n"));
        var (c, t) = (new DataField("c", typeof(string), isNullable: true), new DataField<DateTime>("t"));
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, n, c, t), file);
        for (var i = 0; i < 2; i++)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(x, new double?[] { 1.5, null });
            await group.WriteAsync<int>(n, new[] { 7, 8 });
            await group.WriteAsync(c, new[] { "red", null! });
            await group.WriteAsync<DateTime>(t, new[] { new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc), DateTime.UnixEpoch });
        }
    }
}
