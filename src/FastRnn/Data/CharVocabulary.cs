using System.Buffers;
using System.Text;

namespace FastRnn.Data;

/// <summary>One token for each distinct character of a text, in the order of their code points. A character is a Unicode scalar value: one
/// outside the basic plane is one token, though two <see cref="char"/>s.</summary>
public sealed class CharVocabulary : TextVocabulary
{
    private readonly Rune[] characters;
    private readonly Dictionary<Rune, int> tokens;

    /// <summary>Collects the characters of a text.</summary>
    /// <param name="text">The text; not kept.</param>
    /// <param name="special">Tokens beside the characters.</param>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair.</exception>
    public CharVocabulary(ReadOnlySpan<char> text, SpecialTokens special = SpecialTokens.None)
        : this(Distinct(text), special)
    {
    }

    private CharVocabulary(Rune[] characters, SpecialTokens special)
        : base(characters.Length, special)
    {
        this.characters = characters;
        tokens = characters.Select((character, token) => (character, token)).ToDictionary(p => p.character, p => p.token);
    }

    internal override string Kind => VocabularyText.Char;

    /// <inheritdoc/>
    public override int[] Encode(ReadOnlySpan<char> text)
    {
        var encoded = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var character = Read(text, at);
            encoded.Add(tokens.TryGetValue(character, out var token) ? token : Unknown ?? throw new ArgumentException(
                Text($"Position {at}: {Name(character)} is none of the vocabulary's {EntryCount} characters."), nameof(text)));
            at += character.Utf16SequenceLength;
        }

        return [.. encoded];
    }

    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            CheckToken(tokens[i], i, nameof(tokens));
            text.Append(tokens[i] < EntryCount ? characters[tokens[i]].ToString() : tokens[i] == Unknown ? Replacement : "");
        }

        return text.ToString();
    }

    internal override string EntryName(int token) => characters[token].ToString();

    private static Rune[] Distinct(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            throw new ArgumentException("The text is empty.", nameof(text));

        var distinct = new HashSet<Rune>();
        for (var at = 0; at < text.Length;)
        {
            var character = Read(text, at);
            distinct.Add(character);
            at += character.Utf16SequenceLength;
        }

        return [.. distinct.Order()];
    }

    private static Rune Read(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeFromUtf16(text[at..], out var character, out _) == OperationStatus.Done
            ? character
            : throw new ArgumentException(Text($"Position {at}: U+{(int)text[at]:X4} is half of a surrogate pair."), nameof(text));

    private static string Name(Rune character) =>
        Rune.IsControl(character) ? Text($"U+{character.Value:X4}") : Text($"'{character}' (U+{character.Value:X4})");
}
