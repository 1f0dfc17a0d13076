using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FastRnn.Tests.Meetings;

/// <summary>Numbers as short texts: equal texts, equal bits.</summary>
internal static class Digest
{
    public static string Of<T>(ReadOnlySpan<T> values)
        where T : struct => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16];

    public static string Of<T>(T[] values)
        where T : struct => Of<T>(values.AsSpan());

    /// <summary>Of a file, or that there is none.</summary>
    public static string OfFile(string path) => File.Exists(path) ? Of<byte>(File.ReadAllBytes(path)) : "no file";
}
