using FastRnn.Files;
using FastRnn.Interchange.Declarations;
using FastRnn.Interchange.Running;

namespace FastRnn.Cli.Imports;

/// <summary>Which files an import may replace: those that an import wrote.</summary>
internal static class EarlierImport
{
    /// <summary>Whether a file is one of an earlier import.</summary>
    public static bool Wrote(string path) => Path.GetExtension(path) switch
    {
        ".safetensors" => HasSignature(path),
        ".cs" => Begins(path, ModelWriter.FirstWords),
        ".md" => Begins(path, "# ") && File.ReadLines(path).Take(3).Any(line => line.Contains("; SHA-256 `", StringComparison.Ordinal)),
        _ => File.ReadLines(path).Take(4).Any(line => line.Contains("\"sha256\":", StringComparison.Ordinal)),
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

    private static bool Begins(string path, string words) =>
        File.ReadLines(path).FirstOrDefault()?.StartsWith(words, StringComparison.Ordinal) == true;
}
