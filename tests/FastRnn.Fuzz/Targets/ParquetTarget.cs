using System.Buffers.Binary;

using FastRnn.Files;
using FastRnn.Interchange.Tests.Mutants;
using FastRnn.Tables;

using Parquet;
using Parquet.Schema;

namespace FastRnn.Fuzz.Targets;

/// <summary>Tables as Parquet, read by Parquet.Net. What a file claims is at its end, in the footer, whose length is made right again.
/// What a table may hold is set low here.</summary>
internal sealed class ParquetTarget : OwnTarget
{
    private const int TailBytes = 8;
    private const long MostBytes = 1 << 20;

    private Table? table;

    public override string Name => "parquet";

    public override string Reader => "Table.Read, by Parquet.Net";

    public override string FileName => "table.parquet";

    /// <summary>Not bounded: the package makes an array as long as the file says, and then finds that it ends.</summary>
    protected override int OfNumber => int.MaxValue;

    protected override int OfLetter => int.MaxValue;

    public override byte[] Change(Random random, byte[] original)
    {
        var bytes = new ByteMutator(random);
        var length = BinaryPrimitives.ReadInt32LittleEndian(original.AsSpan(original.Length - TailBytes));
        var (data, footer) = (original[..^(TailBytes + length)], original[^(TailBytes + length)..^TailBytes]);
        switch (random.Next(8))
        {
            case 0:
                return bytes.Change(original);
            case 1 or 2:
                data = bytes.Change(data);
                break;
            case 3:
                (data, footer) = (bytes.Change(data), bytes.Change(footer));
                break;
            default:
                footer = bytes.Change(footer);
                break;
        }

        return [.. data, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
    }

    public override string Numbers() => FuzzDigest.Of(string.Join('\n', table!.Columns.SelectMany(
        column => Enumerable.Range(0, column.RowCount).Select(column.Text).Prepend($"{column.Name} {column.Kind}"))));

    protected override bool IsRefusal(Exception e) => e is TableException or ModelFileException;

    protected override void Read(string path) => table = Table.Read(path, new() { MaxBytes = MostBytes });

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() => [new(FileName, Write()), new(FileName, Write(CompressionMethod.None))];

    /// <summary>Two groups of two rows, with a column of each kind.</summary>
    private static byte[] Write(CompressionMethod compression = CompressionMethod.Snappy)
    {
        var (x, n) = (new DataField<double?>("x"), new DataField<int>("n"));
        var (c, t) = (new DataField("c", typeof(string), isNullable: true), new DataField<DateTime>("t"));
        using var file = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return file.ToArray();

        async Task WriteAsync()
        {
            await using var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(x, n, c, t), file, new ParquetOptions { CompressionMethod = compression });
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
}
