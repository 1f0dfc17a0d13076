using System.Globalization;
using System.Text;

namespace FastRnn.Data;

/// <summary>One token for each distinct character of a text, in the order of their code points. A character is a Unicode scalar value: one
/// outside the basic plane is one token, though two <see cref="char"/>s.</summary>
public sealed class CharVocabulary
{
    private readonly Rune[] characters;
    private readonly Dictionary<Rune, int> tokens;

    /// <summary>Collects the characters of a text.</summary>
    /// <param name="text">The text; not kept.</param>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    public CharVocabulary(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            throw new ArgumentException("The text is empty.", nameof(text));
        }

        var distinct = new HashSet<Rune>();
        for (var at = 0; at < text.Length;)
        {
            var character = Read(text, at);
            distinct.Add(character);
            at += character.Utf16SequenceLength;
        }

        characters = [.. distinct.Order()];
        tokens = characters.Select((character, token) => (character, token)).ToDictionary(p => p.character, p => p.token);
    }

    /// <summary>Number of tokens.</summary>
    public int Size => characters.Length;

    /// <summary>A text as tokens, one for each character.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character is not of the vocabulary; the message says which and where.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var encoded = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var character = Read(text, at);
            if (!tokens.TryGetValue(character, out var token))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Position {at}: {Name(character)} is none of the vocabulary's {Size} characters."),
                    nameof(text));
            }

            encoded.Add(token);
            at += character.Utf16SequenceLength;
        }

        return [.. encoded];
    }

    /// <summary>Tokens as a text.</summary>
    /// <param name="encoded">Each from 0 to <see cref="Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> encoded)
    {
        var text = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if ((uint)encoded[i] >= (uint)Size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(encoded),
                    encoded[i],
                    string.Create(CultureInfo.InvariantCulture, $"Position {i}: expected a token from 0 to {Size - 1}, got {encoded[i]}."));
            }

            text.Append(characters[encoded[i]].ToString());
        }

        return text.ToString();
    }

    private static Rune Read(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeFromUtf16(text[at..], out var character, out _) == System.Buffers.OperationStatus.Done
            ? character
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Position {at}: U+{(int)text[at]:X4} is half of a surrogate pair."), nameof(text));

    private static string Name(Rune character) => Rune.IsControl(character)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{character.Value:X4}")
        : string.Create(CultureInfo.InvariantCulture, $"'{character}' (U+{character.Value:X4})");
}
