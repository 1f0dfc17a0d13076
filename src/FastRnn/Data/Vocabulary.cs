using System.Globalization;

namespace FastRnn.Data;

/// <summary>Names and their numbers: first the entries, from 0, then the special tokens that were asked for. It never changes, and any
/// number of threads may use it.</summary>
public abstract class Vocabulary
{
    /// <summary>The most entries of a vocabulary, 2^24.</summary>
    public const int MaxEntries = 1 << 24;

    private const string MetadataPrefix = "fastrnn.vocabulary.";

    private protected Vocabulary(int entries, SpecialTokens special)
    {
        if (entries > MaxEntries)
            throw new ArgumentException(Text($"Expected at most {MaxEntries} entries, got {entries}."));
        if ((special & ~SpecialTokens.All) != 0)
            throw new ArgumentOutOfRangeException(nameof(special), special, "Expected Start, End and Unknown, or some of them.");

        EntryCount = entries;
        Special = special;
        Start = Take(SpecialTokens.Start);
        End = Take(SpecialTokens.End);
        Unknown = Take(SpecialTokens.Unknown);
        Size = entries;

        int? Take(SpecialTokens token) => special.HasFlag(token) ? entries++ : null;
    }

    /// <summary>Number of tokens, special ones included: what <c>[Embedding]</c>, <c>[OneHot]</c> and <c>[Dense]</c> of a model are to be
    /// declared with.</summary>
    public int Size { get; }

    /// <summary>Number of tokens without the special ones.</summary>
    public int EntryCount { get; }

    /// <summary>The special tokens that there are.</summary>
    public SpecialTokens Special { get; }

    /// <summary>The token before the first, or null.</summary>
    public int? Start { get; }

    /// <summary>The token behind the last, or null.</summary>
    public int? End { get; }

    /// <summary>The token for what the vocabulary does not have, or null.</summary>
    public int? Unknown { get; }

    /// <summary>The kind's name in a file.</summary>
    internal abstract string Kind { get; }

    /// <summary>A vocabulary from the text that <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text, from an untrusted source.</param>
    /// <exception cref="FormatException">It is no such text; the message says where and why.</exception>
    public static Vocabulary Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VocabularyText.Read(text);
    }

    /// <summary>A vocabulary that <see cref="AddTo"/> stored beside a model.</summary>
    /// <typeparam name="TVocabulary">The kind that is expected; <see cref="Vocabulary"/> takes any.</typeparam>
    /// <param name="metadata">The texts that <c>ModelFile.Load</c>, <c>ModelFile.ReadMetadata</c> or <c>Trainer.Restore</c>
    /// returned.</param>
    /// <param name="name">What it was stored as.</param>
    /// <exception cref="FormatException">There is none of this name, it is damaged, or of another kind.</exception>
    public static TVocabulary From<TVocabulary>(IReadOnlyDictionary<string, string> metadata, string name = "text")
        where TVocabulary : Vocabulary
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var key = MetadataPrefix + name;
        if (!metadata.TryGetValue(key, out var text))
            throw new FormatException($"metadata '{key}' is missing: the file was saved without this vocabulary");

        try
        {
            var any = Parse(text);
            return any as TVocabulary
                ?? throw new FormatException($"expected a {typeof(TVocabulary).Name}, got a vocabulary of kind '{any.Kind}'");
        }
        catch (FormatException e)
        {
            throw new FormatException($"metadata '{key}': {e.Message}", e);
        }
    }

    /// <summary>Stores the vocabulary among the texts that are saved with a model or a checkpoint.</summary>
    /// <param name="metadata">Receives it; one of the same name is replaced.</param>
    /// <param name="name">Tells the vocabularies of one model apart, such as those of a source and a target.</param>
    public void AddTo(IDictionary<string, string> metadata, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(metadata);
        metadata[MetadataPrefix + name] = ToString();
    }

    /// <summary>What a token stands for; <c>&lt;START&gt;</c>, <c>&lt;END&gt;</c> and <c>&lt;UNKNOWN&gt;</c> for the special
    /// ones.</summary>
    /// <param name="token">0 to <see cref="Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string NameOf(int token)
    {
        CheckToken(token, position: -1, nameof(token));
        return token < EntryCount ? EntryName(token) : token == Start ? "<START>" : token == End ? "<END>" : "<UNKNOWN>";
    }

    /// <summary>The vocabulary as a text of one line (JSON) that <see cref="Parse"/> reads.</summary>
    public sealed override string ToString() => VocabularyText.Write(this);

    /// <summary>What an entry stands for.</summary>
    internal abstract string EntryName(int token);

    private protected void CheckToken(int token, int position, string name)
    {
        if ((uint)token >= (uint)Size)
        {
            throw new ArgumentOutOfRangeException(
                name, token,
                Text($"{(position < 0 ? "" : Text($"Position {position}: "))}expected a token from 0 to {Size - 1}, got {token}."));
        }
    }

    private protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text that UTF-8 can hold.</summary>
    private protected static void CheckSurrogates(ReadOnlySpan<char> text, string name)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
                throw new ArgumentException(Text($"Position {at}: U+{(int)text[at]:X4} is half of a surrogate pair."), name);
            at++;
        }
    }
}
