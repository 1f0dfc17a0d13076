namespace FastRnn.Data;

/// <summary>A vocabulary that cuts a text into tokens: characters, bytes or words.</summary>
public abstract class TextVocabulary : Vocabulary
{
    /// <summary>What <see cref="Decode"/> writes for <see cref="Vocabulary.Unknown"/>: U+FFFD.</summary>
    public const string Replacement = "\uFFFD";

    private protected TextVocabulary(int entries, SpecialTokens special)
        : base(entries, special)
    {
    }

    /// <summary>A text as tokens, in its order; nothing stands before or behind them.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A piece of the text is not of the vocabulary, which has no <see cref="Vocabulary.Unknown"/>; the
    /// message says which and where. Or the text has half of a surrogate pair.</exception>
    public abstract int[] Encode(ReadOnlySpan<char> text);

    /// <summary>A text as tokens between <see cref="Vocabulary.Start"/> and <see cref="Vocabulary.End"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Whether <see cref="Vocabulary.Start"/> stands before it.</param>
    /// <param name="end">Whether <see cref="Vocabulary.End"/> stands behind it.</param>
    /// <exception cref="InvalidOperationException">The vocabulary was made without the token that is asked for.</exception>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})" path="/exception"/>
    public int[] Encode(ReadOnlySpan<char> text, bool start, bool end)
    {
        var (before, behind) = (start ? Required(Start, SpecialTokens.Start) : 0, end ? Required(End, SpecialTokens.End) : 0);
        var tokens = Encode(text);
        return (start, end) switch
        {
            (true, true) => [before, .. tokens, behind],
            (true, false) => [before, .. tokens],
            (false, true) => [.. tokens, behind],
            _ => tokens,
        };
    }

    /// <summary>Tokens as a text. <see cref="Vocabulary.Start"/> and <see cref="Vocabulary.End"/> are no text and leave no trace;
    /// <see cref="Vocabulary.Unknown"/> becomes <see cref="Replacement"/>.</summary>
    /// <param name="tokens">Each from 0 to <see cref="Vocabulary.Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public abstract string Decode(ReadOnlySpan<int> tokens);

    private static int Required(int? token, SpecialTokens which) =>
        token ?? throw new InvalidOperationException($"The vocabulary has no token {which}: make it with SpecialTokens.{which}.");
}
