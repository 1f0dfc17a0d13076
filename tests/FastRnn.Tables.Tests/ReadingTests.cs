using System.Globalization;

namespace FastRnn.Tables.Tests;

/// <summary>What is found in files, and that values are those of the file.</summary>
public class ReadingTests
{
    [Fact]
    public void Kinds_of_columns_are_found()
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write("""
            time,place,x,empty,zone
            2024-01-01,Rome,1.5,,a
            2024-01-02T12:30:00,"Paris, France",NA,,1

            2024/01/03 00:00,,-2e3,?,b
            """));

        Assert.Equal(3, table.RowCount);
        Assert.Equal(
            [ColumnKind.Time, ColumnKind.Category, ColumnKind.Number, ColumnKind.Ignored, ColumnKind.Category],
                table.Columns.Select(c => c.Kind));
        Assert.Equal([0, 1, -1], table["place"].Codes.ToArray());
        Assert.Equal(["Rome", "Paris, France"], table["place"].Labels);
        Assert.Equal([1.5f, float.NaN, -2000], table["x"].Numbers.ToArray());
        Assert.Equal([1, 1, 3], table.Columns.Select(c => c.MissingCount).Skip(1).Take(3));
        Assert.Equal(19_723.0 * 86_400, table["time"].Times[0]);
        Assert.Equal("2024-01-02T12:30:00", table["time"].Text(1));
        Assert.Equal("2024-01-03", table["time"].Text(2));
        Assert.Equal("", table["x"].Text(1));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_found(char separator)
    {
        using var folder = new TableFolder();
        var table = Table.Read(folder.Write($"a{separator}b\r\n1{separator}2\r\n3{separator}4\r\n"));
        Assert.Equal([2f, 4f], table["b"].Numbers.ToArray());
    }

    [Fact]
    public void What_is_known_of_columns_is_not_found_out()
    {
        using var folder = new TableFolder();
        var kinds = new Dictionary<string,
            ColumnKind>
        { ["code"] = ColumnKind.Category, ["t"] = ColumnKind.Time, ["z"] = ColumnKind.Ignored };
        var table = Table.Read(folder.Write("code,t,z\n007,1700000000,1\n08,1700000060,x\n"), new() { Kinds = kinds });
        Assert.Equal(["007", "08"], table["code"].Labels);
        Assert.Equal([1_700_000_000, 1_700_000_060], table["t"].Times.ToArray());
        Assert.False(table["t"].IsCalendar);
        Assert.Equal(ColumnKind.Ignored, table["z"].Kind);
    }

    [Theory]
    [InlineData("ragged", "a,b,c\n1,2,3\n4,5\n", 2, "c", "line 3 has 2 cells, the line of names 3")]
    [InlineData(
        "text among numbers", "a,b\n1,1\n2,1\n3,1\n4,1\n5,1\n6,1\n7,1\n8,1\n9,1\n10,1\nx,1\n", 11, "a",
            "expected a number as in most rows, got 'x'")]
    [InlineData("no name", "a,,c\n1,2,3\n", 0, null, "column 2 has no name")]
    [InlineData("two of a name", "a,b,a\n1,2,3\n", 0, "a", "two columns of this name")]
    [InlineData("no names", "1,2\n3,4\n", 0, null, "expected names of columns in the first line, got numbers")]
    [InlineData("no row", "a,b\n", 0, null, "expected rows below the line of names, got none")]
    [InlineData("day first", "t,a\n01/02/2024,1\n01/03/2024,2\n", 0, "t", "expected times, got categories")]
    public void A_bad_table_is_refused_by_row_and_column(string what, string content, long row, string? column, string says)
    {
        using var folder = new TableFolder();
        var path = folder.Write(content);
        var thrown = Assert.Throws<TableException>(() => TableModel.Train(Table.Read(path), new() { Targets = ["a"], Time = "t" }));
        Assert.Equal((row, column), (thrown.Row, thrown.Column));
        Assert.True(thrown.Message.Contains(says, StringComparison.Ordinal), $"{what}: {thrown.Message}");
        Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_separator_is_named()
    {
        using var folder = new TableFolder();
        var thrown = Assert.Throws<TableException>(() => Table.Read(folder.Write("a,b\n1,2\n"), new() { Separator = ';' }));
        Assert.Contains("the separator ';' makes one column of it: is it ','?", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public void What_is_not_UTF_8_is_refused_by_its_line(int linesBefore)
    {
        using var folder = new TableFolder();
        byte[] before = [.. "town,x\n"u8, .. Enumerable.Repeat("Köln,1\n"u8.ToArray(), linesBefore).SelectMany(line => line)];
        File.WriteAllBytes(folder.Path("latin.csv"), [.. before, .. "M"u8, 0xfc, .. "nster,2\n"u8]);
        var thrown = Assert.Throws<TableException>(() => Table.Read(folder.Path("latin.csv")));
        Assert.Contains($"line {linesBefore + 2} is not UTF-8, at byte 0xfc", thrown.Message, StringComparison.Ordinal);

        File.WriteAllBytes(folder.Path("utf.csv"), [0xef, 0xbb, 0xbf, .. before, .. "Münster,2\n"u8]);
        Assert.Equal("Münster", Table.Read(folder.Path("utf.csv"))["town"].Text(linesBefore));
    }

    [Fact]
    public void An_empty_file_a_folder_and_nothing_are_refused()
    {
        using var folder = new TableFolder();
        Assert.Throws<Files.ModelFileException>(() => Table.Read(folder.Write("")));
        Assert.Throws<Files.ModelFileException>(() => Table.Read(folder.Root));
        Assert.Throws<Files.ModelFileException>(() => Table.Read(folder.Path("none.csv")));
    }

    [Fact]
    public void A_table_that_is_too_large_is_refused_where_it_becomes_so()
    {
        using var folder = new TableFolder();
        var content = "a,b\n"
            + string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},1\n")));
        var thrown = Assert.Throws<TableException>(() => Table.Read(folder.Write(content), new() { MaxBytes = 40_000 }));
        Assert.Equal(8192, thrown.Row);
        Assert.Contains("8 bytes a row, and at most 40000 bytes are held with labels", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_file_is_read_in_the_memory_of_its_values()
    {
        using var folder = new TableFolder();
        const int Rows = 40_000;
        var path = folder.Path("long.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("a,b,text");
            for (var i = 0; i < Rows; i++)
                writer.WriteLine(FormattableString.Invariant($"{i % 977}.123456789012345678901234567890,{i % 31},{new string('x', 200)}"));
        }

        var length = new FileInfo(path).Length;
        Table.Read(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Table.Read(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (Rows * 3 * 4) + 700_000, $"{allocated} bytes for a file of {length}");
    }

    [Fact]
    public void Columns_of_memory_make_a_table_too()
    {
        var table = new Table(
            "mine", TableColumn.OfNumbers("x", [1, float.NaN]), TableColumn.OfCategories("c", ["a", null]),
            TableColumn.OfTimes("t", [DateTime.UnixEpoch, DateTime.UnixEpoch.AddHours(1)]));
        Assert.Equal([0, 3600], table["t"].Times.ToArray());
        Assert.Equal(
            "mine: column 'y': there is no such column; the table has x, c, t", Assert.Throws<TableException>(() => table["y"]).Message);
        Assert.Throws<TableException>(() => new Table("short", TableColumn.OfNumbers("x", [1]), TableColumn.OfNumbers("y", [1, 2])));
        Assert.Throws<ArgumentException>(() => TableColumn.OfNumbers("x", [float.PositiveInfinity]));
    }
}
