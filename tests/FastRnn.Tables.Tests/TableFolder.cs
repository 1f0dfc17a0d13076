namespace FastRnn.Tables.Tests;

/// <summary>A folder of one test with its files.</summary>
internal sealed class TableFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("fastrnn-tables-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>A file with this content.</summary>
    public string Write(string content, string name = "table.csv")
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
