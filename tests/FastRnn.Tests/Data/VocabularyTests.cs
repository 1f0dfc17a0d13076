using FastRnn.Data;

namespace FastRnn.Tests.Data;

public sealed class VocabularyTests
{
    [Fact]
    public void Every_byte_is_its_own_token()
    {
        var bytes = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        Assert.Equal(Enumerable.Range(0, 256), ByteVocabulary.Encode(bytes));
        Assert.Equal(bytes, ByteVocabulary.Decode(ByteVocabulary.Encode(bytes)));
        Assert.Equal([0x68, 0xC3, 0xA4], ByteVocabulary.Encode("hä"));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(-1)]
    public void What_is_no_byte_is_refused_with_its_place(int token)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ByteVocabulary.Decode([1, token]));
        Assert.Contains("Position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_are_sorted_by_code_point()
    {
        var vocabulary = new CharVocabulary("hello\n😀Ä");
        Assert.Equal(7, vocabulary.Size);
        Assert.Equal("\nehloÄ😀", vocabulary.Decode([0, 1, 2, 3, 4, 5, 6]));
        Assert.Equal([6, 2, 5], vocabulary.Encode("😀hÄ"));
        Assert.Equal("hole", vocabulary.Decode(vocabulary.Encode("hole")));
    }

    [Fact]
    public void An_unknown_character_is_named_with_its_place()
    {
        var vocabulary = new CharVocabulary("abc");
        var error = Assert.Throws<ArgumentException>(() => vocabulary.Encode("abz"));
        Assert.Contains("Position 2: 'z' (U+007A) is none of the vocabulary's 3 characters", error.Message, StringComparison.Ordinal);
        Assert.Contains("U+001B", Assert.Throws<ArgumentException>(() => vocabulary.Encode("\u001b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_texts_and_tokens_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => new CharVocabulary("")).Message, StringComparison.Ordinal);
        Assert.Contains("D83D", Assert.Throws<ArgumentException>(() => new CharVocabulary("a\ud83d")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CharVocabulary("abc").Decode([3]));
    }
}
