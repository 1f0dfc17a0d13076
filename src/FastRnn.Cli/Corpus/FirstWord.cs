using System.Text;

namespace FastRnn.Cli.Corpus;

/// <summary>A word with which many lines of a text begin: a prompt of which a model of this text can make something.</summary>
internal static class FirstWord
{
    private const int MostBytes = 1 << 20;
    private const int LeastLetters = 3, MostLetters = 20;

    /// <summary>The most frequent one; of several the first by its letters. Null if lines begin with other things than words.</summary>
    /// <param name="tokens">The text's bytes.</param>
    public static string? Of(ReadOnlySpan<int> tokens)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var word = new StringBuilder();
        var isBegin = true;
        foreach (var token in tokens[..Math.Min(tokens.Length, MostBytes)])
        {
            // Only ASCII, so that any shell takes the word as it is.
            var c = (char)token;
            if (isBegin && char.IsAsciiLetter(c))
            {
                word.Append(c);
                continue;
            }

            // Something else right behind it makes it half of a word.
            if (c == ' ' && word.Length is >= LeastLetters and <= MostLetters)
                counts[word.ToString()] = counts.GetValueOrDefault(word.ToString()) + 1;
            isBegin = c == '\n' || (isBegin && word.Length == 0 && c is ' ' or '\t');
            word.Clear();
        }

        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key).FirstOrDefault();
    }
}
