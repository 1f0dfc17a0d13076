using System.Text;

namespace FastRnn.Fuzz.Mutation;

/// <summary>Changes words and numbers of a JSON text without making a tree of it: fast, and the text need not be right.</summary>
internal sealed class HeaderMutator(Random random)
{
    private const int MostOperations = 4;

    private static readonly byte[][] Numbers = Make(
        "0", "1", "2", "3", "4", "5", "7", "-1", "1.0", "1e0", "1e999", "00", "255", "2147483647", "2147483648", "4294967296",
        "4611686018427387904", "9223372036854775807", "9223372036854775808", "18446744073709551615", "99999999999999999999");

    private static readonly byte[][] Words = Make(
        "", "0", "1", "2", "3", "-1", "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "5e-324", "0.5", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "1 2", "0 0 0 0", "null", "F32", "F64", "F16", "BF16", "I8", "I64", "U64", "BOOL",
        "F8_E4M3", "shape", "dtype", "data_offsets", "__metadata__", "fastrnn.model", "fastrnn.checksum", "fastrnn.weights",
        "fastrnn.state", "fastrnn.batch", "fastrnn.loop.version", "fastrnn.loop.position", "fastrnn.optimizer", "fastrnn.has_state",
        "fastrnn.run.x", "fastrnn.x", "trainer.step", "trainer.moment0", "trainer.moment2", "\\u001b[31m", "\\ud800", "\\u0000",
        "\u202e", "\u00e9", "a\\nb", "00000000000000000000000000000000");

    /// <summary>One to four changes.</summary>
    public byte[] Change(byte[] original)
    {
        var text = original;
        for (var times = random.Next(1, MostOperations + 1); times > 0; times--)
            text = Once(text);
        return text;
    }

    private static byte[][] Make(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private byte[] Once(byte[] text)
    {
        var tokens = Tokens(text);
        if (tokens.Count == 0)
            return [.. "{}"u8];
        var (at, length) = tokens[random.Next(tokens.Count)];
        var (other, otherLength) = tokens[random.Next(tokens.Count)];
        var isWord = text[at] == '"';
        switch (random.Next(12))
        {
            case 0:
                return Replace(text, at, length, []);
            case 1:
                return Replace(text, at, 0, text.AsSpan(other, otherLength));
            case 2:
                var (begin, end) = (Math.Min(at, other), Math.Max(at + length, other + otherLength));
                return random.Next(2) == 0 ? Replace(text, begin, end - begin, []) : Replace(text, begin, 0, text.AsSpan(begin..end));
            case 3 or 4:
                return Replace(text, at, length, text.AsSpan(other, otherLength));
            case 5 when random.Next(60) == 0:
                return Grow(text, at);
            default:
                return isWord ? Replace(text, at + 1, Math.Max(0, length - 2), Words[random.Next(Words.Length)])
                    : Replace(text, at, length, Numbers[random.Next(Numbers.Length)]);
        }
    }

    /// <summary>Much of one thing, for what a byte costs.</summary>
    private byte[] Grow(byte[] text, int at)
    {
        var count = 1 << random.Next(4, 13);
        var grown = new StringBuilder();
        switch (random.Next(4))
        {
            case 0:
                grown.Append('"').Append('w', 16 * count).Append('"');
                break;
            case 1:
                grown.Append('[', count).Append(']', count);
                break;
            case 2:
                grown.Append('[').Insert(1, "1,", count).Append("1]");
                break;
            default:
                for (var i = 0; i < count; i++)
                    grown.Append('"').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},");
                return Replace(text, Math.Min(1, text.Length), 0, Encoding.ASCII.GetBytes(grown.ToString()));
        }

        return Replace(text, at, 0, Encoding.ASCII.GetBytes(grown.ToString()));
    }

    private static byte[] Replace(byte[] text, int at, int length, ReadOnlySpan<byte> by) =>
        [.. text[..at], .. by, .. text[(at + length)..]];

    /// <summary>Strings with their quotes, runs of digits, and every other letter by itself.</summary>
    private static List<(int At, int Length)> Tokens(byte[] text)
    {
        var tokens = new List<(int At, int Length)>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (text[at] == '"')
            {
                while (end < text.Length && text[end] != '"')
                    end += text[end] == '\\' ? 2 : 1;
                end = Math.Min(end + 1, text.Length);
            }
            else if (char.IsAsciiDigit((char)text[at]))
            {
                while (end < text.Length && char.IsAsciiDigit((char)text[end]))
                    end++;
            }

            tokens.Add((at, end - at));
            at = end;
        }

        return tokens;
    }
}
