using System.Globalization;
using System.Security.Cryptography;

namespace FastRnn.Fuzz.Soak;

/// <summary>What each mark found: a row a mark, which begins with its step. The last row says where to go on.</summary>
internal sealed class SoakTable
{
    private readonly string path;

    public SoakTable(string path, string head)
    {
        this.path = path;
        if (!File.Exists(path))
            File.WriteAllText(path, head + "\n");
        Console.WriteLine(head);

        // A row that was being written when the run was killed is none.
        var text = File.ReadAllText(path);
        if (!text.EndsWith('\n'))
            File.WriteAllText(path, text[..(text.LastIndexOf('\n') + 1)]);
        Last = File.ReadLines(path).Skip(1).Select(row => long.Parse(row.Split('\t')[0], CultureInfo.InvariantCulture)).LastOrDefault();
    }

    /// <summary>The step of the last mark; 0 if there is none.</summary>
    public long Last { get; private set; }

    public void Add(long step, params ReadOnlySpan<IFormattable> found)
    {
        var row = step.ToString(CultureInfo.InvariantCulture);
        foreach (var cell in found)
            row += "\t" + cell.ToString(null, CultureInfo.InvariantCulture);
        File.AppendAllText(path, row + "\n");
        Console.WriteLine(row);
        Last = step;
    }

    /// <summary>The first letters of a file's SHA-256.</summary>
    public static FormattableString Hash(string path) => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..16]}";
}
