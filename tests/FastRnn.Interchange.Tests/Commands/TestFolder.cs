using FastRnn.Interchange.Tests.Import;

namespace FastRnn.Interchange.Tests.Commands;

/// <summary>A folder of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("fastrnn-commands-").FullName;

    /// <summary>All files below, with slashes.</summary>
    public string[] Files =>
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A new file.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>An imported model in a folder of its name.</summary>
    public string Import(string file, string name)
    {
        CommandRun.Of("import", Imported.Data(file), "--out", Path(name), "--name", name).Succeeds();
        return Path(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
