using System.Text;

using nietras.SeparatedValues;

namespace FastRnn.Tables.Reading;

/// <summary>CSV files: RFC 4180 with other separators, read by Sep.</summary>
internal static class CsvFile
{
    private const int MostColumns = 4_096;
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    // Replacement characters would make one label of several.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">What messages call it.</param>
    /// <param name="file">At its beginning.</param>
    /// <param name="options">How.</param>
    public static Table Read(string path, FileStream file, TableReadOptions options)
    {
        try
        {
            var separator = options.Separator ?? Separator(file);
            var (columns, rows) = Survey(path, file, separator, options);
            return Fill(path, file, separator, columns, rows, options.MaxBytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new TableException(path, 0, null, FormattableString.Invariant(
                $"line {Utf8Lines.FirstBroken(file)} is not UTF-8, at byte 0x{e.BytesUnknown?.FirstOrDefault():x2}: ")
                + "save the file as UTF-8 (as 'CSV UTF-8' in spreadsheets)", e);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidDataException)
        {
            // Sep's words: a row or a cell that is longer than its buffers may be.
            throw new TableException(path, 0, null, $"cannot be read: {e.Message}", e);
        }
    }

    private static (List<ColumnSurvey> Columns, int Rows) Survey(string path, FileStream file, char separator, TableReadOptions options)
    {
        using var reader = Open(file, separator);
        var columns = new List<ColumnSurvey>();
        long rows = 0;
        foreach (var cells in reader)
        {
            if (columns.Count == 0)
            {
                columns.AddRange(Header(path, cells, separator, options));
                continue;
            }

            if (IsBlank(cells, columns.Count))
                continue;
            rows++;
            CheckCount(path, cells, columns, rows);
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].IsRead)
                    columns[i].Add(cells[i].Span.Trim(), rows);
            }

            if (rows % 4096 == 0)
                CheckSize(path, rows, columns, options.MaxBytes);
        }

        if (columns.Count == 0)
            throw new TableException(path, 0, null, "expected a line of names, got an empty file");
        if (rows == 0)
            throw new TableException(path, 0, null, "expected rows below the line of names, got none");
        CheckSize(path, rows, columns, options.MaxBytes);
        return (columns, (int)rows);
    }

    private static Table Fill(string path, FileStream file, char separator, List<ColumnSurvey> columns, int rows, long mostBytes)
    {
        var builders = columns.ConvertAll(column =>
            new ColumnBuilder(path, column.Name, column.Kind(out var note), column.IsCalendar, note, rows, isAsked: true));
        using var reader = Open(file, separator);
        var (isHeader, row) = (true, 0);
        foreach (var cells in reader)
        {
            if (isHeader || IsBlank(cells, columns.Count))
            {
                isHeader = false;
                continue;
            }

            CheckCount(path, cells, columns, ++row);
            if (row > rows)
                break;
            for (var i = 0; i < builders.Count; i++)
            {
                if (builders[i].IsRead)
                    builders[i].Add(cells[i].Span.Trim());
            }
        }

        return row == rows
            ? new Table(path, builders.Select(builder => builder.Build()))
            : throw new TableException(path, row, null, "the file was changed while it was read");
    }

    private static SepReader Open(FileStream file, char separator)
    {
        file.Position = 0;
        var options = new SepReaderOptions(new Sep(separator)) { HasHeader = false, DisableColCountCheck = true, Unescape = true };

        // It is read twice: what Sep disposes of is not the file.
        return options.From(new StreamReader(file, Strict, bufferSize: 1 << 12, leaveOpen: true));
    }

    private static List<ColumnSurvey> Header(string path, SepReader.Row cells, char separator, TableReadOptions options)
    {
        if (cells.ColCount > MostColumns)
            throw new TableException(
                path, 0, null, FormattableString.Invariant($"expected at most {MostColumns} columns, got {cells.ColCount}"));
        var first = cells[0].Span.ToString();
        if (cells.ColCount == 1 && Array.Find(Separators, other => other != separator && first.Contains(other)) is var better and not '\0')
        {
            throw new TableException(
                path, 0, CellText.Shown(first), $"the separator '{Name(separator)}' makes one column of it: is it '{Name(better)}'?");
        }

        var columns = new List<ColumnSurvey>(cells.ColCount);
        var (names, numbers) = (new HashSet<string>(StringComparer.Ordinal), 0);
        for (var i = 0; i < cells.ColCount; i++)
        {
            var name = cells[i].Span.Trim();
            if (name.IsEmpty)
                throw new TableException(path, 0, null, FormattableString.Invariant($"line of names: column {i + 1} has no name"));
            if (name.Length > CellText.LongestLabel)
                throw new TableException(path, 0, CellText.Shown(name), "line of names: the name is too long");
            if (!names.Add(name.ToString()))
                throw new TableException(path, 0, CellText.Shown(name), "line of names: there are two columns of this name");
            numbers += CellText.TryNumber(name, out _) ? 1 : 0;
            columns.Add(new ColumnSurvey(path, name.ToString(), options.KindOf(name.ToString())));
        }

        if (numbers == columns.Count)
            throw new TableException(
                path, 0, null, $"expected names of columns in the first line, got numbers: {CellText.Shown(cells.Span)}");
        var missing = options.Kinds.Keys.FirstOrDefault(name => !names.Contains(name));
        return missing is null ? columns : throw new TableException(
            path, 0, missing, $"there is no such column; the file has {string.Join(", ", names.Take(50))} (separator '{Name(separator)}')");
    }

    // Blank lines, as at the end of many files.
    private static bool IsBlank(SepReader.Row cells, int columns) => columns > 1 && cells.ColCount == 1 && cells[0].Span.IsWhiteSpace();

    private static void CheckCount(string path, SepReader.Row cells, List<ColumnSurvey> columns, long row)
    {
        if (cells.ColCount == columns.Count)
            return;
        var (count, line) = (cells.ColCount, cells.LineNumberFrom);
        var place = count < columns.Count ? columns[count].Name : columns[^1].Name;
        throw new TableException(path, row, place, FormattableString.Invariant(
            $"line {line} has {count} {(count == 1 ? "cell" : "cells")}, the line of names {columns.Count}"));
    }

    private static void CheckSize(string path, long rows, List<ColumnSurvey> columns, long mostBytes)
    {
        long rowBytes = columns.Sum(column => column.ValueBytes), labels = columns.Sum(column => column.LabelBytes);
        if ((rows * rowBytes) + labels > mostBytes || rows > Array.MaxLength)
        {
            throw new TableException(path, rows, null, FormattableString.Invariant(
                $"the table is too large: its values take {rowBytes} bytes a row, and at most {mostBytes} bytes are held with labels; ")
                + "ignore columns, or cut the file");
        }
    }

    /// <summary>What is most frequent in the first line, outside of quotes.</summary>
    private static char Separator(FileStream file)
    {
        file.Position = 0;
        Span<byte> start = stackalloc byte[1 << 14];
        var line = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        Span<int> counts = stackalloc int[Separators.Length];
        var isQuoted = false;
        foreach (var letter in line)
        {
            isQuoted ^= letter == '"';
            if (letter == '\n' && !isQuoted)
                break;
            var place = Array.IndexOf(Separators, (char)letter);
            if (place >= 0 && !isQuoted)
                counts[place]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            best = counts[i] > counts[best] ? i : best;
        return Separators[best];
    }

    private static string Name(char separator) => separator == '\t' ? "tab" : separator.ToString();
}
