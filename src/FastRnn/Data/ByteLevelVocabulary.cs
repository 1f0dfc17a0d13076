using System.Text;

namespace FastRnn.Data;

/// <summary>The 256 tokens of <see cref="ByteVocabulary"/> (a text's bytes in UTF-8), with special tokens behind them: nothing is
/// unknown.</summary>
public sealed class ByteLevelVocabulary : TextVocabulary
{
    /// <summary>Creates the vocabulary.</summary>
    /// <param name="special"><see cref="SpecialTokens.Start"/>, <see cref="SpecialTokens.End"/>, both or none.</param>
    /// <exception cref="ArgumentException">A token for unknown bytes is asked for: there are none.</exception>
    public ByteLevelVocabulary(SpecialTokens special = SpecialTokens.None)
        : base(ByteVocabulary.Size, special)
    {
        if (special.HasFlag(SpecialTokens.Unknown))
            throw new ArgumentException("No byte is unknown: expected Start, End, both or None.", nameof(special));
    }

    internal override string Kind => VocabularyText.Byte;

    /// <inheritdoc/>
    public override int[] Encode(ReadOnlySpan<char> text)
    {
        CheckSurrogates(text, nameof(text));
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return ByteVocabulary.Encode(bytes);
    }

    /// <summary>Tokens as a text; bytes that are no UTF-8 become U+FFFD. <see cref="DecodeBytes"/> keeps them.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> tokens) => Encoding.UTF8.GetString(DecodeBytes(tokens));

    /// <summary>Tokens as bytes, without <see cref="Vocabulary.Start"/> and <see cref="Vocabulary.End"/>.</summary>
    /// <param name="tokens">Each from 0 to <see cref="Vocabulary.Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public byte[] DecodeBytes(ReadOnlySpan<int> tokens)
    {
        var bytes = new List<byte>(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            CheckToken(tokens[i], i, nameof(tokens));
            if (tokens[i] < EntryCount)
                bytes.Add((byte)tokens[i]);
        }

        return [.. bytes];
    }

    internal override string EntryName(int token) => Text($"0x{token:X2}");
}
