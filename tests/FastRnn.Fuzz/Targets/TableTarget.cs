using System.Text;

using FastRnn.Files;
using FastRnn.Interchange.Tests.Mutants;
using FastRnn.Tables;

namespace FastRnn.Fuzz.Targets;

/// <summary>Tables as CSV. Any text that has a line of names and rows of as many cells is one, so most changes make another
/// table.</summary>
internal sealed class TableTarget : OwnTarget
{
    private Table? table;

    public override string Name => "csv";

    public override string Reader => "Table.Read";

    public override string FileName => "table.csv";

    /// <summary>A letter is read twice, by a reader of text and by Sep, and may be a cell of 8 bytes and the text of a label.</summary>
    protected override int OfLetter => 128;

    public override byte[] Change(Random random, byte[] original) => new TextMutator(random).Change(original);

    public override string Numbers()
    {
        var text = new StringBuilder();
        foreach (var column in table!.Columns)
        {
            text.Append(column.Name).Append(column.Kind);
            for (var row = 0; row < column.RowCount; row++)
                text.Append('\n').Append(column.Text(row));
        }

        return FuzzDigest.Of(text.ToString());
    }

    protected override bool IsRefusal(Exception e) => e is TableException or ModelFileException;

    protected override void Read(string path) => table = Table.Read(path);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() =>
    [
        new(FileName,
            Encoding.UTF8.GetBytes("time,place,x,y\n2024-01-01,Rome,1.5,2\n2024-01-02T12:00,\"Paris, F\",NA,-3e4\n2024-01-03,,0,1\n")),
        new(FileName, Encoding.UTF8.GetBytes("a;b\r\n1;2\r\n3;\r\n")),
    ];
}
