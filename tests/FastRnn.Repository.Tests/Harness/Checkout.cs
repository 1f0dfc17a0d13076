namespace FastRnn.Repository.Tests.Harness;

/// <summary>The files of the repository, wherever the tests run.</summary>
internal static class Checkout
{
    public static readonly string Root = FindRoot();

    private static readonly Lazy<IReadOnlyList<string>> AllFiles = new(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);

    private static readonly IReadOnlyList<IgnoreRule> Ignored =
        [IgnoreRule.Parse(".git"),
            .. File.ReadLines(Path.Combine(Root, ".gitignore")).Where(line => line.Length > 0).Select(IgnoreRule.Parse)];

    /// <summary>All files that are not ignored, relative to the root, with slashes, sorted.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>The C# files below a folder.</summary>
    public static IEnumerable<string> Sources(string folder) => Files.Where(file =>
        file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    public static string Absolute(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Absolute(file));

    public static string[] Lines(string file) => File.ReadAllLines(Absolute(file));

    /// <summary>The file, the line and what stands there, of every line that is wrong.</summary>
    public static IEnumerable<string> Find(string file, Func<string, bool> isWrong) => Lines(file)
        .Select((line, i) => (line, i)).Where(pair => isWrong(pair.line)).Select(pair => $"{file}({pair.i + 1}): {pair.line.Trim()}");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastRnn.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("FastRnn.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var path = Path.GetRelativePath(Root, entry.FullName).Replace('\\', '/');
            var isFolder = entry.Attributes.HasFlag(FileAttributes.Directory);
            if (Ignored.Any(rule => rule.Covers(path, isFolder)))
            {
                continue;
            }

            foreach (var file in isFolder ? Walk(entry.FullName) : [path])
            {
                yield return file;
            }
        }
    }
}
