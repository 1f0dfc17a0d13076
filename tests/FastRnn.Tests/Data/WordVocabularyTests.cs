using FastRnn.Data;

namespace FastRnn.Tests.Data;

public sealed class WordVocabularyTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello|,|world|!")]
    [InlineData("don't 'quote' rock'n'roll it’s", "don't|'|quote|'|rock'n'roll|it’s")]
    [InlineData("  a\tb\r\n c ", "a|b|c")]
    [InlineData("snake_case x2 3.5 -1", "snake_case|x2|3|.|5|-|1")]
    [InlineData("Grüße 日本語 e\u0301t\u00e9 😀😀", "Grüße|日本語|e\u0301té|😀|😀")]
    public void A_text_is_cut_into_words_and_marks(string text, string expected)
    {
        var vocabulary = new WordVocabulary([text]);
        Assert.Equal(expected, string.Join('|', vocabulary.Encode(text).Select(vocabulary.NameOf)));
    }

    [Fact]
    public void The_most_frequent_comes_first_and_of_equals_the_ordinally_first()
    {
        var vocabulary = new WordVocabulary(["b a c a", "b a C d"]);
        Assert.Equal(["a", "b", "C", "c", "d"], vocabulary.Words);
        Assert.Equal(["a", "b"], new WordVocabulary(["b a c a", "b a C d"], minCount: 2).Words);
        Assert.Equal(["a", "b", "c"], new WordVocabulary(["b a c a", "b a C d"], lowerCase: true, maxWords: 3).Words);
        Assert.Contains("5 different", Assert.Throws<ArgumentException>(() =>
            new WordVocabulary(["b a c a", "b a C d"], minCount: 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordVocabulary(["a"], minCount: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordVocabulary(["a"], maxWords: 0));
        Assert.Throws<ArgumentException>(() => new WordVocabulary([]));
    }

    [Fact]
    public void Capitals_are_read_as_small_letters_if_asked_for()
    {
        var vocabulary = new WordVocabulary(["The the ÄPFEL"], lowerCase: true);
        Assert.Equal([0, 0, 1, 1], vocabulary.Encode("THE the äpfel ÄPFEL"));
        Assert.Equal("the äpfel", vocabulary.Decode([0, 1]));
    }

    [Fact]
    public void An_unknown_word_is_named_with_its_place()
    {
        var error = Assert.Throws<ArgumentException>(() => new WordVocabulary(["one two"]).Encode("one three"));
        Assert.Contains("Position 4: 'three' is none of the vocabulary's 2 words", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WordVocabulary(["one"]).Encode("one\udc00"));
    }

    [Fact]
    public void Words_are_written_with_spaces_where_one_writes_them()
    {
        const string Text = "A test (of [this]), yes: 5% done!";
        var vocabulary = new WordVocabulary([Text]);
        Assert.Equal(Text, vocabulary.Decode(vocabulary.Encode(Text)));
        Assert.Equal("", vocabulary.Decode([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([-1]));
    }
}
