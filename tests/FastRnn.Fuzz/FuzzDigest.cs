using System.Security.Cryptography;
using System.Text;

namespace FastRnn.Fuzz;

/// <summary>What was read, as a short text.</summary>
internal static class FuzzDigest
{
    public static string Of(ReadOnlySpan<byte> numbers, IReadOnlyDictionary<string, string> texts) =>
        Convert.ToHexString(SHA256.HashData(numbers)) + " "
            + string.Join("; ", texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"{text.Key}={text.Value}"));

    public static string Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
