using System.Globalization;
using System.Text.RegularExpressions;

namespace FastRnn.Fuzz.PowerLoss;

/// <summary>Reads what <c>strace -f -y -xx</c> saw of a program, as far as it concerns one folder.</summary>
internal sealed partial class DiskTrace(string folder)
{
    private readonly string folder = Path.GetFullPath(folder);
    private readonly Dictionary<string, string> unfinished = [];

    /// <summary>The operations, in the order in which they returned.</summary>
    /// <param name="lines">A trace.</param>
    /// <exception cref="InvalidDataException">A call changes the folder in a way that is not known here.</exception>
    public IEnumerable<DiskOperation> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(Join).OfType<string>())
        {
            if (Call().Match(line) is not { Success: true } call || call.Groups["result"].Value[0] == '-')
            {
                continue;
            }

            var (name, text, result) = (call.Groups["name"].Value, call.Groups["arguments"].Value, call.Groups["result"].Value);
            if (Operation(name, text, result) is { } operation)
            {
                yield return operation;
            }
        }
    }

    private DiskOperation? Operation(string name, string text, string result)
    {
        var strings = Strings().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        var file = Descriptor().Match(text) is { Success: true } match ? Decoded(match.Groups[1].Value) : "";
        switch (name)
        {
            case "openat" or "open" or "creat":
                var path = Name(strings[0]);
                return !IsInside(path) || !text.Contains("O_CREAT", StringComparison.Ordinal) ? null
                    : text.Contains("O_EXCL", StringComparison.Ordinal) ? new(DiskAction.Create, path)
                    : throw Unknown(name, path);
            case "pwrite64" or "write" when IsInside(file):
                var bytes = Bytes(strings.Length == 0 ? "" : strings[^1]);
                var written = long.Parse(result, CultureInfo.InvariantCulture);
                var offset = name == "write" ? -1 : long.Parse(text[(text.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture);
                return written == bytes.Length ? new(DiskAction.Write, file, Offset: offset, Bytes: bytes) : throw Unknown(name, file);
            case "fsync" or "fdatasync":
                return IsInside(file) ? new(DiskAction.SyncFile, file) : file == folder ? new(DiskAction.SyncFolder, file) : null;
            case "rename" or "renameat" or "renameat2":
                var (from, to) = (Name(strings[0]), Name(strings[1]));
                return IsInside(from) || IsInside(to) ? new(DiskAction.Rename, from, to) : null;
            case "unlink" or "unlinkat":
                return IsInside(Name(strings[0])) ? new(DiskAction.Remove, Name(strings[0])) : null;
            case "pwritev" or "writev" or "ftruncate" or "truncate" or "link" or "linkat"
                when IsInside(file) || strings.Any(s => IsInside(Name(s))):
                throw Unknown(name, file);
            default:
                return null;
        }
    }

    /// <summary>A call that another thread interrupted stands in two lines.</summary>
    private string? Join(string line)
    {
        var (thread, rest) = Thread().Match(line) is { Success: true } match
            ? (match.Groups[1].Value, line[match.Length..]) : ("", line);
        const string Cut = " <unfinished ...>";
        if (rest.EndsWith(Cut, StringComparison.Ordinal))
        {
            unfinished[thread] = rest[..^Cut.Length];
            return null;
        }

        if (Resumed().Match(rest) is not { Success: true } resumed)
        {
            return rest;
        }

        return unfinished.Remove(thread, out var begin) ? begin + rest[resumed.Length..] : null;
    }

    private bool IsInside(string path) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static InvalidDataException Unknown(string call, string path) => new($"{call} of {path} is not known here");

    private static string Name(string hexadecimal) => System.Text.Encoding.UTF8.GetString(Bytes(hexadecimal));

    /// <summary>Names of descriptors are written as the string options say, or plainly.</summary>
    private static string Decoded(string name) => name.StartsWith("\\x", StringComparison.Ordinal) ? Name(name) : name;

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace("\\x", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?<name>[a-z0-9_]+)\((?<arguments>.*)\)\s+= (?<result>-?[0-9]+)", RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"")]
    private static partial Regex Strings();

    [GeneratedRegex("^[0-9]+<([^>]*)>")]
    private static partial Regex Descriptor();

    [GeneratedRegex(@"^([0-9]+)\s+")]
    private static partial Regex Thread();

    [GeneratedRegex(@"^<\.\.\. [a-z0-9_]+ resumed>")]
    private static partial Regex Resumed();
}
