using System.Globalization;
using System.Text;

namespace FastRnn.Data;

/// <summary>256 tokens, one for each byte: any file is a text, and nothing is unknown.</summary>
public static class ByteVocabulary
{
    /// <summary>Number of tokens.</summary>
    public const int Size = 256;

    /// <summary>Bytes as tokens.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static int[] Encode(ReadOnlySpan<byte> bytes)
    {
        var tokens = new int[bytes.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = bytes[i];
        }

        return tokens;
    }

    /// <summary>The bytes of a string in UTF-8, as tokens.</summary>
    /// <param name="text">The string.</param>
    public static int[] Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>Tokens as bytes.</summary>
    /// <param name="tokens">Each from 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is no byte.</exception>
    public static byte[] Decode(ReadOnlySpan<int> tokens)
    {
        var bytes = new byte[tokens.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if ((uint)tokens[i] >= Size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(tokens),
                    tokens[i],
                    string.Create(CultureInfo.InvariantCulture, $"Position {i}: expected a token from 0 to {Size - 1}, got {tokens[i]}."));
            }

            bytes[i] = (byte)tokens[i];
        }

        return bytes;
    }
}
