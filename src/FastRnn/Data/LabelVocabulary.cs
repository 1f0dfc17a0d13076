namespace FastRnn.Data;

/// <summary>Label encoding: a number for each label, such as those of the classes of a classifier. The numbers are names, nothing
/// else.</summary>
/// <remarks>Fed to a network as a quantity, they would say two things that were not meant: an order (cat 0 &lt; dog 1 &lt; hamster 2), and
/// averages (that of cat and hamster is dog). So a model reads them through <c>[OneHot]</c> or <c>[Embedding]</c> and predicts them by
/// <c>[SoftmaxCrossEntropy]</c>; to convert them to float for a model of vectors is diagnostic FRNN060. <see cref="OneHotEncoding"/> makes
/// vectors of equal distances.</remarks>
public sealed class LabelVocabulary : Vocabulary
{
    private readonly string[] labels;
    private readonly Dictionary<string, int> tokens = new(StringComparer.Ordinal);

    /// <summary>Numbers labels in the order in which they are given.</summary>
    /// <param name="labels">All different, none empty.</param>
    /// <param name="special">Tokens beside the labels.</param>
    /// <exception cref="ArgumentException">There is no label, one is empty or occurs twice, or has half of a surrogate pair.</exception>
    public LabelVocabulary(IEnumerable<string> labels, SpecialTokens special = SpecialTokens.None)
        : this(Checked(labels), special)
    {
    }

    private LabelVocabulary(string[] labels, SpecialTokens special)
        : base(labels.Length, special)
    {
        this.labels = labels;
        for (var i = 0; i < labels.Length; i++)
        {
            if (!tokens.TryAdd(labels[i], i))
                throw new ArgumentException(Text($"Labels {tokens[labels[i]]} and {i} are both '{labels[i]}'."), nameof(labels));
        }
    }

    /// <summary>The labels, by their numbers.</summary>
    public IReadOnlyList<string> Labels => labels;

    internal override string Kind => VocabularyText.Label;

    /// <summary>Numbers the distinct labels of a data set in ordinal order, whatever the order of the data.</summary>
    /// <param name="labels">Any number of labels, none empty.</param>
    /// <param name="special">Tokens beside the labels.</param>
    /// <exception cref="ArgumentException">There is no label, one is empty, or has half of a surrogate pair.</exception>
    public static LabelVocabulary Collect(IEnumerable<string> labels, SpecialTokens special = SpecialTokens.None) =>
        new(Checked(labels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), special);

    /// <summary>The number of a label.</summary>
    /// <param name="label">Compared ordinally.</param>
    /// <exception cref="ArgumentException">There is no such label, and no <see cref="Vocabulary.Unknown"/>.</exception>
    public int Encode(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return tokens.TryGetValue(label, out var token) ? token : Unknown ?? throw new ArgumentException(
            Text($"'{label}' is none of the vocabulary's {EntryCount} labels."), nameof(label));
    }

    /// <summary>The numbers of labels.</summary>
    /// <param name="labels">Compared ordinally.</param>
    /// <exception cref="ArgumentException">There is no such label, and no <see cref="Vocabulary.Unknown"/>; the message says
    /// where.</exception>
    public int[] Encode(ReadOnlySpan<string> labels)
    {
        var encoded = new int[labels.Length];
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] = tokens.TryGetValue(labels[i], out var token) ? token : Unknown ?? throw new ArgumentException(
                Text($"Position {i}: '{labels[i]}' is none of the vocabulary's {EntryCount} labels."), nameof(labels));
        }

        return encoded;
    }

    /// <summary>The labels of numbers, as <see cref="Vocabulary.NameOf"/>.</summary>
    /// <param name="tokens">Each from 0 to <see cref="Vocabulary.Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string[] Decode(ReadOnlySpan<int> tokens)
    {
        var decoded = new string[tokens.Length];
        for (var i = 0; i < decoded.Length; i++)
        {
            CheckToken(tokens[i], i, nameof(tokens));
            decoded[i] = NameOf(tokens[i]);
        }

        return decoded;
    }

    internal override string EntryName(int token) => labels[token];

    private static string[] Checked(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] all = [.. labels];
        if (all.Length == 0)
            throw new ArgumentException("There are no labels.", nameof(labels));
        for (var i = 0; i < all.Length; i++)
        {
            if (string.IsNullOrEmpty(all[i]))
                throw new ArgumentException(Text($"Label {i} is empty."), nameof(labels));
            CheckSurrogates(all[i], nameof(labels));
        }

        return all;
    }
}
