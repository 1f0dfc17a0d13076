using System.Globalization;
using System.Text;

namespace FastRnn.Generators.Weights;

/// <summary>Reads the few kinds of JSON that a safetensors header is made of, strictly, and nothing else. The compiler that loads the
/// generator need not bring a reader along.</summary>
internal sealed class JsonText(string text)
{
    private int position;

    /// <summary>The names of an object, one after the other; after each, the caller reads its value.</summary>
    public IEnumerable<string> Names(string where)
    {
        Expect('{', where);
        if (Take('}'))
        {
            yield break;
        }

        do
        {
            var name = String(where);
            Expect(':', where);
            yield return name;
        }
        while (Take(','));
        Expect('}', where);
    }

    public List<long> Numbers(string where)
    {
        var numbers = new List<long>();
        Expect('[', where);
        if (Take(']'))
        {
            return numbers;
        }

        do
        {
            numbers.Add(Number(where));
        }
        while (Take(','));
        Expect(']', where);
        return numbers;
    }

    public string String(string where)
    {
        Expect('"', where);
        var value = new StringBuilder();
        while (true)
        {
            var c = Next(where);
            if (c == '"')
            {
                break;
            }

            if (c < ' ')
            {
                throw Wrong(where, "a control character stands in a string");
            }

            value.Append(c == '\\' ? Escape(where) : c);
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                throw Wrong(where, "a string holds half of a surrogate pair");
            }
        }

        return value.ToString();
    }

    /// <summary>Only white space may follow.</summary>
    public void End()
    {
        SkipSpace();
        if (position < text.Length)
        {
            throw Wrong("the header", "something stands behind it");
        }
    }

    private long Number(string where)
    {
        SkipSpace();
        var start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9')
        {
            position++;
        }

        var digits = text.Substring(start, position - start);
        return digits.Length is > 0 and < 20 && (digits.Length == 1 || digits[0] != '0')
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(where, "expected whole numbers from 0 to 9223372036854775807");
    }

    private char Escape(string where)
    {
        var c = Next(where);
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when position + 4 <= text.Length
                && ushort.TryParse(text.Substring(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                position += 4;
                return (char)code;
            default:
                throw Wrong(where, "a string holds an unknown escape");
        }
    }

    private char Next(string where) => position < text.Length ? text[position++] : throw Wrong(where, "the header ends too early");

    private bool Take(char wanted)
    {
        SkipSpace();
        var found = position < text.Length && text[position] == wanted;
        position += found ? 1 : 0;
        return found;
    }

    private void Expect(char wanted, string where)
    {
        if (!Take(wanted))
        {
            throw Wrong(where, $"expected '{wanted}'");
        }
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is (' ' or '\t' or '\n' or '\r'))
        {
            position++;
        }
    }

    private BrokenFileException Wrong(string where, string what) =>
        new($"{where}: {what}, at character {position.ToString(CultureInfo.InvariantCulture)} of the header");
}
