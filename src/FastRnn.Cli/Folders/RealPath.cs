namespace FastRnn.Cli.Folders;

/// <summary>Whether two paths are one file, by whatever links they lead there.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>Whether they are the same file or would be, if they were there. Hard links are not seen: to replace one of them leaves the
    /// others as they are.</summary>
    public static bool AreSame(string a, string b) => string.Equals(Of(a), Of(b), Comparison);

    /// <summary>A whole path without links, as far as it exists.</summary>
    public static string Of(string path) => Resolve(path, MostLinks);

    private static string Resolve(string path, int links)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        foreach (var part in full[real.Length..].Split(separators, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (links > 0 && Target(real) is { } target)
                real = Resolve(target, --links);
        }

        return real;
    }

    private static string? Target(string path)
    {
        try
        {
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return entry.ResolveLinkTarget(returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
