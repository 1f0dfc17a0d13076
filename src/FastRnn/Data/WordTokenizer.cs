using System.Globalization;
using System.Text;

namespace FastRnn.Data;

/// <summary>Cuts a text into words and marks. A word is a run of letters (with their combining marks), digits and underscores; an
/// apostrophe inside of it, before a letter, belongs to it. White space separates. Every other character is a token of its own.</summary>
internal static class WordTokenizer
{
    private const string NoSpaceBefore = ".,;:!?)]}%…";
    private const string NoSpaceAfter = "([{";

    /// <summary>The next token of a text that has no half surrogate pairs, from <paramref name="at"/> on, which goes to its end; empty at
    /// the end of the text.</summary>
    public static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && Rune.IsWhiteSpace(At(text, at)))
            at += At(text, at).Utf16SequenceLength;

        var begin = at;
        while (at < text.Length && (IsWord(At(text, at)) || IsInnerApostrophe(text, begin, at)))
            at += At(text, at).Utf16SequenceLength;
        if (at == begin && at < text.Length)
            at += At(text, at).Utf16SequenceLength;
        return text[begin..at];
    }

    /// <summary>Puts words and marks together as one writes them: the original white space is not known any more.</summary>
    public static void Append(StringBuilder text, string token)
    {
        var together = text.Length == 0
            || (token.Length == 1 && NoSpaceBefore.Contains(token[0], StringComparison.Ordinal))
            || NoSpaceAfter.Contains(text[^1], StringComparison.Ordinal);
        text.Append(together ? "" : " ").Append(token);
    }

    private static Rune At(ReadOnlySpan<char> text, int at)
    {
        Rune.DecodeFromUtf16(text[at..], out var character, out _);
        return character;
    }

    private static bool IsWord(Rune character) => Rune.IsLetterOrDigit(character) || character.Value == '_'
        || Rune.GetUnicodeCategory(character)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsInnerApostrophe(ReadOnlySpan<char> text, int begin, int at) =>
        text[at] is '\'' or '’' && at > begin && at + 1 < text.Length && IsWord(At(text, at - 1)) && Rune.IsLetter(At(text, at + 1));
}
