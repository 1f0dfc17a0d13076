using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Tests.Files;
using FastRnn.Tests.Training;

namespace FastRnn.Tests.Data;

/// <summary>Vocabularies are saved with a model, and what comes from a file is checked.</summary>
public sealed class VocabularyTextTests
{
    private static Vocabulary[] Vocabularies =>
    [
        new CharVocabulary("\n\0\"\\</> aÄ日😀\u2028"),
        new CharVocabulary("ab", SpecialTokens.All),
        new ByteLevelVocabulary(SpecialTokens.Start | SpecialTokens.End),
        new LabelVocabulary(["cat", "a \"dog\"\n", "😀"], SpecialTokens.Unknown),
        new WordVocabulary(["Don't, don't panic 😀"], SpecialTokens.End, lowerCase: true),
    ];

    [Fact]
    public void Every_kind_comes_back_from_its_text()
    {
        foreach (var vocabulary in Vocabularies)
        {
            var read = Vocabulary.Parse(vocabulary.ToString());
            Assert.Equal(vocabulary.GetType(), read.GetType());
            Assert.Equal((vocabulary.Size, vocabulary.Special), (read.Size, read.Special));
            Assert.Equal(
                Enumerable.Range(0, vocabulary.Size).Select(vocabulary.NameOf), Enumerable.Range(0, read.Size).Select(read.NameOf));
            Assert.Equal(vocabulary.ToString(), read.ToString());
        }

        var words = Assert.IsType<WordVocabulary>(Vocabulary.Parse(Vocabularies[^1].ToString()));
        Assert.True(words.LowerCase);
        Assert.Equal([0, 1, 2], words.Encode("DON'T , PANIC"));
    }

    [Fact]
    public void Vocabularies_are_saved_in_a_model_file_under_their_names()
    {
        using var folder = new TemporaryFolder();
        var metadata = new Dictionary<string, string>();
        foreach (var (vocabulary, i) in Vocabularies.Select((v, i) => (v, i)))
            vocabulary.AddTo(metadata, $"number {i}");
        new CharVocabulary("xyz").AddTo(metadata);
        var model = new LoopText(seed: 1);
        ModelFile.Save(LoopText.Info, model.Parameters, folder.File("model"), metadata);

        var read = ModelFile.Load(LoopText.Info, new float[LoopText.Info.ParameterCount], folder.File("model"));
        foreach (var (vocabulary, i) in Vocabularies.Select((v, i) => (v, i)))
            Assert.Equal(vocabulary.ToString(), Vocabulary.From<Vocabulary>(read, $"number {i}").ToString());
        Assert.Equal([2, 0], Vocabulary.From<CharVocabulary>(read).Encode("zx"));
    }

    [Fact]
    public void A_missing_vocabulary_and_one_of_another_kind_are_named()
    {
        var metadata = new Dictionary<string, string>();
        new CharVocabulary("xyz").AddTo(metadata, "source");
        Assert.Contains("'fastrnn.vocabulary.target' is missing", Refused(() => Vocabulary.From<CharVocabulary>(metadata, "target")),
            StringComparison.Ordinal);
        Assert.Contains(
            "'fastrnn.vocabulary.source': expected a WordVocabulary, got a vocabulary of kind 'char'",
            Refused(() => Vocabulary.From<WordVocabulary>(metadata, "source")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no vocabulary")]
    [InlineData("[]", "expected an object")]
    [InlineData("{", "no vocabulary")]
    [InlineData("""{"kind":"char","special":0,"entries":["a"]}""", "version is missing")]
    [InlineData("""{"version":2,"kind":"char","special":0,"entries":["a"]}""", "version 2")]
    [InlineData("""{"version":1.5,"kind":"char","special":0,"entries":["a"]}""", "version: expected a whole number")]
    [InlineData("""{"version":1,"version":1,"kind":"char","special":0,"entries":["a"]}""", "no vocabulary")]
    [InlineData("""{"version":1,"kind":"picture","special":0,"entries":["a"]}""", "got 'picture'")]
    [InlineData("""{"version":1,"kind":3,"special":0,"entries":["a"]}""", "kind: expected String, got Number")]
    [InlineData("""{"version":1,"kind":"char","special":8,"entries":["a"]}""", "no vocabulary")]
    [InlineData("""{"version":1,"kind":"byte","special":4}""", "no vocabulary")]
    [InlineData("""{"version":1,"kind":"char","special":0}""", "entries is missing")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":[]}""", "got 0")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["a",""]}""", "entries[1]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["a",1]}""", "entries[1]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["a",null]}""", "entries[1]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["ab"]}""", "entries[0]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["b","a"]}""", "entries[0]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["a","a"]}""", "entries[1]")]
    [InlineData("""{"version":1,"kind":"char","special":0,"entries":["\ud83d"]}""", "no vocabulary")]
    [InlineData("""{"version":1,"kind":"label","special":0,"entries":["a","b","a"]}""", "are both 'a'")]
    [InlineData("""{"version":1,"kind":"word","special":0,"entries":["a"]}""", "lowerCase")]
    [InlineData("""{"version":1,"kind":"word","special":0,"lowerCase":false,"entries":["a b"]}""", "'a b'")]
    [InlineData("""{"version":1,"kind":"word","special":0,"lowerCase":true,"entries":["A"]}""", "'A'")]
    [InlineData("""{"version":1,"kind":"word","special":0,"lowerCase":true,"entries":["a","a"]}""", "are both 'a'")]
    public void Damaged_texts_are_refused_with_a_reason(string text, string reason) =>
        Assert.Contains(reason, Refused(() => Vocabulary.Parse(text)), StringComparison.Ordinal);

    private static string Refused(Func<object> read) => Assert.Throws<FormatException>(read).Message;
}
