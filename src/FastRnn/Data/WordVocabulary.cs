using System.Text;

namespace FastRnn.Data;

/// <summary>One token for each frequent word of a text, the most frequent first, of equals the ordinally first.
/// <para>A word is a run of letters (with their combining marks), digits and underscores; an apostrophe inside of it, before a letter,
/// belongs to it (<c>don't</c>). White space separates and is not kept. Every other character is a token of its own.</para></summary>
public sealed class WordVocabulary : TextVocabulary
{
    private readonly string[] words;
    private readonly Dictionary<string, int> tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>Counts the words of texts.</summary>
    /// <param name="texts">Texts; not kept.</param>
    /// <param name="special">Tokens beside the words.</param>
    /// <param name="lowerCase">Whether capitals are read as small letters (invariant culture), here and in <see cref="Encode"/>.</param>
    /// <param name="minCount">How often a word must occur, at least 1.</param>
    /// <param name="maxWords">The most words to keep, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">No word occurs often enough, or a text has half of a surrogate pair.</exception>
    public WordVocabulary(
        IEnumerable<string> texts, SpecialTokens special = SpecialTokens.None, bool lowerCase = false, int minCount = 1,
        int maxWords = MaxEntries)
        : this(Frequent(texts, lowerCase, minCount, maxWords), special, lowerCase)
    {
    }

    private WordVocabulary(string[] words, SpecialTokens special, bool lowerCase)
        : base(words.Length, special)
    {
        this.words = words;
        LowerCase = lowerCase;
        tokens = new(words.Length, StringComparer.Ordinal);
        lookup = tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < words.Length; i++)
        {
            var end = 0;
            if (words[i].Length == 0 || WordTokenizer.Next(words[i], ref end).Length != words[i].Length
                || (lowerCase && !words[i].AsSpan().SequenceEqual(words[i].ToLowerInvariant())))
                throw new ArgumentException(Text($"Word {i}, '{words[i]}', is none that the text is cut into."), nameof(words));
            if (!tokens.TryAdd(words[i], i))
                throw new ArgumentException(Text($"Words {tokens[words[i]]} and {i} are both '{words[i]}'."), nameof(words));
        }
    }

    /// <summary>The words, by their tokens.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Whether capitals are read as small letters.</summary>
    public bool LowerCase { get; }

    internal override string Kind => VocabularyText.Word;

    /// <summary>A vocabulary of words that are known, all different.</summary>
    internal static WordVocabulary Of(string[] words, SpecialTokens special, bool lowerCase) => new(words, special, lowerCase);

    /// <inheritdoc/>
    public override int[] Encode(ReadOnlySpan<char> text)
    {
        CheckSurrogates(text, nameof(text));
        var encoded = new List<int>();
        foreach (var (at, word) in Split(text.ToString(), LowerCase))
        {
            encoded.Add(lookup.TryGetValue(word.Span, out var token) ? token : Unknown ?? throw new ArgumentException(
                Text($"Position {at}: '{word}' is none of the vocabulary's {EntryCount} words."), nameof(text)));
        }

        return [.. encoded];
    }

    /// <summary>Tokens as a text: a space between two, but none before <c>. , ; : ! ? ) ] } % …</c> and none after <c>( [ {</c>. The white
    /// space of the original is not known any more.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Length; i++)
        {
            CheckToken(tokens[i], i, nameof(tokens));
            if (tokens[i] < EntryCount || tokens[i] == Unknown)
                WordTokenizer.Append(text, tokens[i] == Unknown ? Replacement : words[tokens[i]]);
        }

        return text.ToString();
    }

    internal override string EntryName(int token) => words[token];

    private static string[] Frequent(IEnumerable<string> texts, bool lowerCase, int minCount, int maxWords)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(minCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWords, 1);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            CheckSurrogates(text, nameof(texts));
            foreach (var (_, word) in Split(text, lowerCase))
                lookup[word.Span] = lookup.TryGetValue(word.Span, out var count) ? count + 1 : 1;
        }

        string[] words =
        [
            .. counts.Where(pair => pair.Value >= minCount)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(maxWords).Select(pair => pair.Key),
        ];
        return words.Length > 0 ? words
            : throw new ArgumentException(Text($"No word occurs {minCount} times or more: {counts.Count} different ones."), nameof(texts));
    }

    /// <summary>The words with their places.</summary>
    private static IEnumerable<(int At, ReadOnlyMemory<char> Word)> Split(string text, bool lowerCase)
    {
        // Invariant mapping changes no character's length, so that places stay.
        var read = lowerCase ? text.ToLowerInvariant() : text;
        for (var at = 0; WordTokenizer.Next(read, ref at) is { Length: > 0 } word;)
            yield return (at - word.Length, read.AsMemory(at - word.Length, word.Length));
    }
}
