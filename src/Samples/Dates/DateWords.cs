using System.Runtime.InteropServices;

using FastRnn.Data;
using FastRnn.Parameters;

namespace FastRnn.Samples.Dates;

/// <summary>A batch of dates as tokens: texts of all lengths one behind the other, nothing padded.</summary>
internal sealed class DateWords
{
    /// <summary>Ten digits, the dash, START and END.</summary>
    public const int IsoVocabulary = 13;

    /// <summary>The tokens of the texts.</summary>
    public static readonly CharVocabulary Text = new(DatePairs.Alphabet);

    /// <summary>The tokens of the answers.</summary>
    public static readonly CharVocabulary Iso = new("-0123456789", SpecialTokens.Start | SpecialTokens.End);

    private readonly List<int> source = [], sourceLengths = [], tokens = [], targets = [], lengths = [];

    public static int Start => Iso.Start!.Value;

    public static int End => Iso.End!.Value;

    /// <summary>For a trainer: what the encoder reads, what the decoder reads (START and each right character), what it should say (each
    /// right character and END).</summary>
    public SequenceBatch Lesson => new()
    {
        SourceTokens = View(source),
        SourceLengths = View(sourceLengths),
        Tokens = View(tokens),
        TargetTokens = View(targets),
        Lengths = View(lengths),
    };

    /// <summary>For a generator: what the encoder reads.</summary>
    public SequenceBatch Question => new() { SourceTokens = View(source), SourceLengths = View(sourceLengths) };

    /// <summary>Makes room for another batch.</summary>
    public void Clear()
    {
        source.Clear();
        sourceLengths.Clear();
        tokens.Clear();
        targets.Clear();
        lengths.Clear();
    }

    /// <summary>Adds pairs that are drawn.</summary>
    public void Draw(RandomSource random, int count, bool test)
    {
        for (var i = 0; i < count; i++)
        {
            var (written, iso) = DatePairs.Draw(random, test);
            Add(written, iso);
        }
    }

    /// <summary>Adds a pair.</summary>
    public void Add(string written, string iso)
    {
        var (text, answer) = (Text.Encode(written), Iso.Encode(iso));
        source.AddRange(text);
        sourceLengths.Add(text.Length);
        tokens.AddRange([Start, .. answer]);
        targets.AddRange([.. answer, End]);
        lengths.Add(answer.Length + 1);
    }

    private static ReadOnlySpan<int> View(List<int> list) => CollectionsMarshal.AsSpan(list);
}
