using System.Security.Cryptography;
using System.Text;

namespace FastRnn.Tables.Preparing;

/// <summary>JSON that begins with the SHA-256 of what follows it, so that a changed byte is noticed.</summary>
/// <param name="Begin">What stands before the digits.</param>
/// <param name="Middle">What stands between them and the content.</param>
/// <param name="End">What stands behind it.</param>
internal sealed record SealedJson(string Begin, string Middle, string End)
{
    private const int HashLength = 64;

    /// <summary>A file with this content.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content) =>
        [.. Encoding.UTF8.GetBytes(Begin + Hash(content) + Middle), .. content, .. Encoding.UTF8.GetBytes(End)];

    /// <summary>The content of a file, whether its digits are right or not; null if the frame is not that of such a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isIntact">Whether the digits are those of the content.</param>
    public byte[]? Open(ReadOnlySpan<byte> file, out bool isIntact)
    {
        isIntact = false;
        var content = Begin.Length + HashLength + Middle.Length;
        if (file.Length < content + End.Length || !Is(file[..Begin.Length], Begin)
            || !Is(file[(Begin.Length + HashLength)..content], Middle) || !Is(file[^End.Length..], End))
        {
            return null;
        }

        var found = file[content..^End.Length].ToArray();
        isIntact = Is(file.Slice(Begin.Length, HashLength), Hash(found));
        return found;
    }

    private static bool Is(ReadOnlySpan<byte> bytes, string text) => Encoding.Latin1.GetString(bytes) == text;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
