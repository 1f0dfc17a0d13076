using FastRnn.Files;
using FastRnn.Interchange;
using FastRnn.Interchange.Declarations;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>Which files an import may replace: those that an import wrote.</summary>
internal static class EarlierImport
{
    // What tells them stands in their first lines, in which the path of the imported file may stand, too.
    private const int MostBytes = 1 << 16;

    /// <summary>Whether a file is one of an earlier import.</summary>
    public static bool Wrote(string path) => Path.GetExtension(path) switch
    {
        ".safetensors" => HasSignature(path),
        ".cs" => Lines(path, 1).Any(line => line.StartsWith(ModelWriter.FirstWords, StringComparison.Ordinal)),
        ".md" => Lines(path, 3).ToList() is [var title, ..] lines && title.StartsWith("# ", StringComparison.Ordinal)
            && lines.Exists(line => line.Contains("; SHA-256 `", StringComparison.Ordinal)),
        _ => Lines(path, 4).Any(line => line.Contains("\"sha256\":", StringComparison.Ordinal)),
    };

    /// <summary>Whether a file of weights has the signature that an import writes beside them.</summary>
    public static bool HasSignature(string path)
    {
        try
        {
            return ModelFile.ReadMetadata(path).ContainsKey(SignatureText.MetadataKey);
        }
        catch (ModelFileException)
        {
            return false;
        }
    }

    /// <summary>The first bytes of a file as a text; null if there is no such file, or it is a pipe, a device or empty, which are not
    /// waited for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How many are read.</param>
    public static string? Beginning(string path, int mostBytes)
    {
        try
        {
            using var stream = FileDoor.Open(path);
            var bytes = new byte[Math.Min(mostBytes, stream.Length)];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            using var reader = new StreamReader(new MemoryStream(bytes, 0, count));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is ForeignFileException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Lines(string path, int count) => (Beginning(path, MostBytes) ?? "").Split('\n').Take(count);
}
