using System.Text;

using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Captions;

/// <summary>From the features of a picture to a sentence.</summary>
internal sealed class CaptionSample : ISample
{
    private const int BatchSize = 64, Scale = 8, MostWords = Scene.LongestSentence + 2;

    public string Name => "captions";

    public string Summary => "a GRU says what is in a picture that fixed filters looked at; writes pictures and sentences";

    public IReadOnlyList<Option> Options => [new("show", "N", "how many pictures are written, 1 to 100 (12)")];

    public void Run(SampleRun run)
    {
        var shown = run.Options.Number("show", 1, 100) ?? 12;
        string[] names = [.. Enumerable.Range(1, shown).Select(i => $"picture-{i:d2}.bmp")];
        var output = run.OpenOutput([.. names, "captions.txt"]);

        var lessons = new Album(run.Seed, run.Pick(full: 12_000, quick: 3000), test: false);
        var unseen = new Album(-1 - run.Seed, run.Pick(full: 2000, quick: 400), test: true);
        var scale = Standardize.Fit(lessons.Features, FilterBank.Features);
        scale.Apply(lessons.Features);
        scale.Apply(unseen.Features);
        var vocabulary = new WordVocabulary(lessons.Scenes.Select(scene => scene.Sentence), SpecialTokens.Start | SpecialTokens.End);
        var (scenes, others) = (lessons.Scenes.Distinct().Count(), unseen.Scenes.Distinct().Count());
        run.Say($"{lessons.Scenes.Length} pictures of {scenes} scenes, {vocabulary.Size} words; the test has {others} other scenes");

        var model = new CaptionModel(run.Seed);
        Train(run, model, lessons, vocabulary, "state");
        var other = new FirstInputModel(run.Seed);
        Train(run, other, lessons, vocabulary, "first input");

        var sentences = Describe(model, unseen, vocabulary);
        run.AtLeast("exact sentences about scenes that were never shown", Exact(sentences, unseen), full: 0.95, quick: 0.8, "p2");
        run.Tell("the same with the picture in the first input", Exact(Describe(other, unseen, vocabulary), unseen), "p2");
        for (var i = 0; i < shown; i++)
        {
            run.Say($"written: {output.Write(names[i], BitmapFile.Write(unseen.Picture(i), Scale))}: {sentences[i]}");
        }

        var lines = names.Select((name, i) =>
            $"{name}: {sentences[i]}{(sentences[i] == unseen.Scenes[i].Sentence ? "" : $" (it is {unseen.Scenes[i].Sentence})")}\n");
        run.Say($"written: {output.Write("captions.txt", Encoding.UTF8.GetBytes(string.Concat(lines)))}");
    }

    /// <summary>Each word of a sentence from the words before it, from START to END.</summary>
    private static void Train<TModel>(SampleRun run, TModel model, Album album, WordVocabulary vocabulary, string phase)
        where TModel : class, IModel<TModel>
    {
        var data = new SequenceDataset(
            new() { Vocabulary = vocabulary.Size, TargetVocabulary = vocabulary.Size, ConditionSize = FilterBank.Features });
        for (var i = 0; i < album.Scenes.Length; i++)
        {
            var sentence = vocabulary.Encode(album.Scenes[i].Sentence, start: true, end: true);
            data.Add(new()
            {
                Tokens = sentence.AsSpan(..^1),
                TargetTokens = sentence.AsSpan(1..),
                Condition = album.Features.AsSpan(i * FilterBank.Features, FilterBank.Features)
            });
        }

        var optimizer = new AdamW(weightDecay: 0.01f);
        using var trainer = new Trainer<TModel>(
            model, new() { BatchSize = BatchSize, SequenceLength = data.MaxLength, Optimizer = optimizer, ClipNorm = 1 });
        var batches = new ShuffledBatches(data, BatchSize, run.Seed);
        run.Train(trainer, batches, new(Full: 4000, Quick: 300, Peak: 3e-3, Last: 1e-5, "cross-entropy of a word")
        {
            Phase = phase,
            Share = 0.5,
        });
    }

    /// <summary>A sentence about each picture, word by word until END.</summary>
    private static string[] Describe<TModel>(TModel model, Album album, WordVocabulary vocabulary)
        where TModel : class, IModel<TModel>
    {
        using var generator = new SequenceGenerator<TModel>(model, new() { BatchSize = BatchSize });
        var (words, lengths) = (new int[BatchSize * MostWords], new int[BatchSize]);
        var sentences = new string[album.Scenes.Length];
        for (var first = 0; first < sentences.Length; first += BatchSize)
        {
            var count = Math.Min(BatchSize, sentences.Length - first);
            generator.Start(new() { Condition = album.Features.AsSpan(first * FilterBank.Features, count * FilterBank.Features) }, count);
            generator.Generate(
                vocabulary.Start!.Value, vocabulary.End!.Value, words.AsSpan(0, count * MostWords), lengths.AsSpan(0, count));
            for (var row = 0; row < count; row++)
            {
                sentences[first + row] = vocabulary.Decode(words.AsSpan(row * MostWords, lengths[row]));
            }
        }

        return sentences;
    }

    private static double Exact(string[] sentences, Album album) =>
        sentences.Zip(album.Scenes).Average(pair => pair.First == pair.Second.Sentence ? 1.0 : 0);
}
