using FastRnn.Data;

namespace FastRnn.Tests.Data;

/// <summary>START, END and UNKNOWN (row 26).</summary>
public sealed class SpecialTokensTests
{
    [Fact]
    public void Special_tokens_stand_behind_the_entries_which_keep_their_numbers()
    {
        var plain = new CharVocabulary("abc");
        var special = new CharVocabulary("abc", SpecialTokens.All);
        Assert.Equal((3, 3, null, null, null), (plain.Size, plain.EntryCount, plain.Start, plain.End, plain.Unknown));
        Assert.Equal((6, 3, 3, 4, 5), (special.Size, special.EntryCount, special.Start, special.End, special.Unknown));
        Assert.Equal(plain.Encode("cab"), special.Encode("cab"));

        var end = new CharVocabulary("abc", SpecialTokens.End | SpecialTokens.Unknown);
        Assert.Equal((5, null, 3, 4), (end.Size, end.Start, end.End, end.Unknown));
        Assert.Equal(["a", "b", "c", "<END>", "<UNKNOWN>"], Enumerable.Range(0, 5).Select(end.NameOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => end.NameOf(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CharVocabulary("abc", (SpecialTokens)8));
    }

    [Fact]
    public void They_stand_before_and_behind_a_text_if_asked_for_and_are_no_text()
    {
        var vocabulary = new CharVocabulary("abc", SpecialTokens.Start | SpecialTokens.End);
        Assert.Equal([3, 1, 0, 4], vocabulary.Encode("ba", start: true, end: true));
        Assert.Equal([3, 1], vocabulary.Encode("b", start: true, end: false));
        Assert.Equal([1, 4], vocabulary.Encode("b", start: false, end: true));
        Assert.Equal([1], vocabulary.Encode("b", start: false, end: false));
        Assert.Equal([3, 4], vocabulary.Encode("", start: true, end: true));
        Assert.Equal("ba", vocabulary.Decode([3, 1, 0, 4]));
        Assert.Contains(
            "SpecialTokens.End", Assert.Throws<InvalidOperationException>(() =>
                new CharVocabulary("a").Encode("a", start: false, end: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_becomes_one_token_and_a_mark()
    {
        var characters = new CharVocabulary("abc", SpecialTokens.Unknown);
        Assert.Equal([0, 3, 3, 1], characters.Encode("a😀zb"));
        Assert.Equal("a\uFFFD\uFFFDb", characters.Decode([0, 3, 3, 1]));

        var words = new WordVocabulary(["one two"], SpecialTokens.Unknown);
        Assert.Equal([0, 2, 1], words.Encode("one three two"));
        Assert.Equal("one \uFFFD two", words.Decode([0, 2, 1]));

        var labels = new LabelVocabulary(["cat", "dog"], SpecialTokens.Unknown);
        Assert.Equal([1, 2], labels.Encode(["dog", "hamster"]));
        Assert.Equal(2, labels.Encode("hamster"));
        Assert.Equal(["dog", "<UNKNOWN>"], labels.Decode([1, 2]));
    }

    [Fact]
    public void Bytes_are_those_of_the_byte_vocabulary_with_tokens_behind_them()
    {
        var bytes = new ByteLevelVocabulary(SpecialTokens.Start | SpecialTokens.End);
        Assert.Equal((258, 256, 257), (bytes.Size, bytes.Start, bytes.End));
        Assert.Equal([256, .. ByteVocabulary.Encode("hä"), 257], bytes.Encode("hä", start: true, end: true));
        Assert.Equal("hä", bytes.Decode([256, .. ByteVocabulary.Encode("hä"), 257]));
        Assert.Equal([0xC3], bytes.DecodeBytes([256, 0xC3]));
        Assert.Equal("\uFFFD", bytes.Decode([0xC3]));
        Assert.Throws<ArgumentException>(() => new ByteLevelVocabulary(SpecialTokens.Unknown));
        Assert.Throws<ArgumentException>(() => bytes.Encode("\ud83d"));
        Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Decode([258]));
    }
}
