namespace FastRnn.Repository.Tests.Harness;

/// <summary>A line of .gitignore, in the forms that the repository uses: <c>name/</c>, <c>/name/</c>, <c>name</c>,
/// <c>*.ending</c>.</summary>
internal sealed record IgnoreRule(string Name, bool OnlyAtRoot, bool OnlyFolders, bool IsEnding)
{
    public static IgnoreRule Parse(string line)
    {
        var isEnding = line.StartsWith('*');
        var name = line.Trim('/', '*');
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? new IgnoreRule(name, line.StartsWith('/'), line.EndsWith('/'), isEnding)
            : throw new NotSupportedException($".gitignore: teach these tests to read '{line}', or write it more simply.");
    }

    public bool Covers(string path, bool isFolder)
    {
        if (OnlyFolders && !isFolder)
        {
            return false;
        }

        var last = path[(path.LastIndexOf('/') + 1)..];
        return IsEnding ? last.EndsWith(Name, StringComparison.Ordinal) : (OnlyAtRoot ? path : last) == Name;
    }
}
