using System.Globalization;
using System.Numerics;

using Parquet;
using Parquet.Schema;

namespace FastRnn.Tables.Reading;

/// <summary>A column of a Parquet file, by its type: numbers, dates, texts, truths.</summary>
internal sealed class ParquetColumn
{
    private readonly string table;
    private readonly Field source;
    private readonly ColumnKind kind;
    private readonly bool isAsked;
    private readonly string note = "";
    private ColumnBuilder? builder;
    private long row;

    public ParquetColumn(string table, Field source, ColumnKind? asked)
    {
        (this.table, this.source, isAsked) = (table, source, asked is not null);
        var type = source is DataField { IsArray: false, MaxRepetitionLevel: 0 } data ? data.ClrType : null;
        var found = type is null ? ColumnKind.Ignored
            : type == typeof(DateTime) ? ColumnKind.Time
            : IsText(type) || type == typeof(bool) ? ColumnKind.Category
            : IsNumber(type) ? ColumnKind.Number : ColumnKind.Ignored;
        kind = asked ?? found;
        if (found == ColumnKind.Ignored && kind != ColumnKind.Ignored)
            throw new TableException(table, 0, source.Name, $"its type cannot be read as {kind}");
        if (found != kind && kind is ColumnKind.Number or ColumnKind.Time && !(kind == ColumnKind.Time && found == ColumnKind.Number))
            throw new TableException(table, 0, source.Name, $"expected a column of {kind}, got one of {type!.Name}");
        note = asked == ColumnKind.Ignored ? "not asked for" : found == ColumnKind.Ignored ? "its type is none of a column" : "";
    }

    public int ValueBytes => kind switch { ColumnKind.Ignored => 0, ColumnKind.Time => sizeof(double), _ => sizeof(float) };

    private DataField Data => (DataField)source;

    public void Begin(int rows) =>
        builder = new ColumnBuilder(
            table, source.Name, kind, kind == ColumnKind.Time && Data.ClrType == typeof(DateTime), note, rows, isAsked);

    public TableColumn Build() => builder!.Build();

    public Task ReadAsync(ParquetRowGroupReader group)
    {
        if (kind == ColumnKind.Ignored)
            return Task.CompletedTask;
        var type = Data.ClrType;
        return IsText(type) ? TextsAsync(group)
            : type == typeof(bool) ? ValuesAsync<bool>(group, value => builder!.AddLabel(value ? "true" : "false"))
            : type == typeof(DateTime) ? ValuesAsync<DateTime>(group, value => Number(TableTime.Seconds(value), value))
            : type == typeof(float) ? NumbersAsync<float>(group)
            : type == typeof(double) ? NumbersAsync<double>(group)
            : type == typeof(decimal) ? NumbersAsync<decimal>(group)
            : type == typeof(byte) ? NumbersAsync<byte>(group)
            : type == typeof(sbyte) ? NumbersAsync<sbyte>(group)
            : type == typeof(short) ? NumbersAsync<short>(group)
            : type == typeof(ushort) ? NumbersAsync<ushort>(group)
            : type == typeof(int) ? NumbersAsync<int>(group)
            : type == typeof(uint) ? NumbersAsync<uint>(group)
            : type == typeof(long) ? NumbersAsync<long>(group) : NumbersAsync<ulong>(group);
    }

    // Parquet.Net 6 says the one for the other.
    private static bool IsText(Type type) => type == typeof(string) || type == typeof(ReadOnlyMemory<char>);

    private static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(char) && type != typeof(bool) || type == typeof(decimal);

    private Task NumbersAsync<T>(ParquetRowGroupReader group)
        where T : struct, INumberBase<T> =>
        ValuesAsync<T>(group, value => Number(double.CreateSaturating(value), value));

    private void Number<T>(double number, T value)
        where T : IFormattable
    {
        if (kind == ColumnKind.Category)
            builder!.AddLabel(value.ToString(null, CultureInfo.InvariantCulture));
        else if (double.IsNaN(number))
            builder!.AddMissing();
        else if (kind == ColumnKind.Time ? double.IsFinite(number) : float.IsFinite((float)number))
            builder!.AddNumber(number);
        else
            throw new TableException(
                table, row, source.Name, $"expected a finite number, got {number.ToString(CultureInfo.InvariantCulture)}");
    }

    private async Task ValuesAsync<T>(ParquetRowGroupReader group, Action<T> add)
        where T : struct
    {
        if (Data.IsNullable)
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(Data, values.AsMemory()).ConfigureAwait(false);
            foreach (var value in values)
            {
                row++;
                if (value is { } there)
                    add(there);
                else
                    builder!.AddMissing();
            }
        }
        else
        {
            var values = new T[group.RowCount];
            await group.ReadAsync<T>(Data, values.AsMemory()).ConfigureAwait(false);
            foreach (var value in values)
            {
                row++;
                add(value);
            }
        }
    }

    private async Task TextsAsync(ParquetRowGroupReader group)
    {
        var texts = new string?[group.RowCount];
        await group.ReadAsync(Data, texts.AsMemory()).ConfigureAwait(false);
        foreach (var text in texts)
        {
            row++;
            if (text is null || CellText.IsMissing(text))
                builder!.AddMissing();
            else
                builder!.AddLabel(text);
        }
    }
}
