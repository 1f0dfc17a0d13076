using System.Security.Cryptography;

namespace FastRnn.Generators.Weights;

/// <summary>An additional file as it was when the project was last built. Two are the same if path, length and hash are: the bytes are not
/// compared.</summary>
internal sealed class WeightFile : IEquatable<WeightFile>
{
    /// <summary>Of larger files not a byte is read.</summary>
    public const long MaxBytes = 64 << 20;

    private WeightFile(string path, long length, byte[] bytes, string problem)
    {
        Path = path;
        Length = length;
        Bytes = bytes;
        Problem = problem;
        using var sha = SHA256.Create();
        Hash = string.Concat(sha.ComputeHash(bytes).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>As the compiler knows it.</summary>
    public string Path { get; }

    public string Name => WeightPaths.Name(Path);

    public long Length { get; }

    /// <summary>Empty if there was a problem, or if there are more than <see cref="MaxBytes"/>.</summary>
    public byte[] Bytes { get; }

    /// <summary>SHA-256 of the bytes, in hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Why it could not be read; empty if it could.</summary>
    public string Problem { get; }

    // The compiler's own reader of additional files makes text of them: what is no text does not survive that. So the bytes come from the
    // disk, in a step that runs when the compiler says that the file has changed, and only for files that an attribute names.
#pragma warning disable RS1035 // Analyzers should not do file IO.
    public static WeightFile Read(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var length = 0L;
        try
        {
            length = new FileInfo(path).Length;
            return new WeightFile(path, length, length > MaxBytes ? [] : File.ReadAllBytes(path), "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new WeightFile(
                path, length, [], e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message);
        }
    }
#pragma warning restore RS1035

    public bool Equals(WeightFile? other) =>
        other is not null && Path == other.Path && Length == other.Length && Hash == other.Hash && Problem == other.Problem;

    public override bool Equals(object? obj) => Equals(obj as WeightFile);

    public override int GetHashCode() => Hash.GetHashCode();
}
