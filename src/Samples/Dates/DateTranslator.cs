using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Samples.Dates;

/// <summary>What a trained model makes of texts: each character that it says is what it reads next, until it says END.</summary>
internal sealed class DateTranslator(DateModel model, int batchSize) : IDisposable
{
    // One more than an ISO date has: a model that does not end in time is seen to be wrong.
    private const int Cap = DatePairs.IsoLength + 1;

    private readonly SequenceGenerator<DateModel> generator =
        model.CreateGenerator(new() { BatchSize = batchSize, SourceLength = DatePairs.LongestText });
    private readonly int[] tokens = new int[batchSize * Cap], lengths = new int[batchSize];

    /// <summary>Translates as many texts as the batch has.</summary>
    public IEnumerable<string> Translate(in SequenceBatch question)
    {
        generator.Start(question);
        generator.Generate(DateWords.Start, DateWords.End, tokens, lengths);
        return lengths.Select((length, row) => DateWords.Iso.Decode(tokens.AsSpan(row * Cap, length)));
    }

    /// <summary>Translates one text and draws where the model looked: a line for each character that it says, darker where its attention
    /// was.</summary>
    /// <returns>What it says, and the picture.</returns>
    public static (string Said, IReadOnlyList<string> Picture) Look(DateModel model, string written)
    {
        const string Shades = " .:*#";
        using var one = new DateTranslator(model, batchSize: 1);
        var question = new DateWords();
        question.Add(written, "");
        var said = one.Translate(question.Question).Single();

        // The same steps once more, one at a time, so that each can be asked where it looked.
        one.generator.Start(question.Question);
        var (logits, weights) = (new float[DateWords.IsoVocabulary], new float[written.Length]);
        List<string> picture = [$"  {written}"];
        var next = DateWords.Start;
        foreach (var (token, character) in DateWords.Iso.Encode(said).Zip(said))
        {
            one.generator.Step([next], logits);
            one.generator.GetAttention(0, weights);
            picture.Add(
                $"{character} {string.Concat(weights.Select(weight => Shades[(int)(weight * (Shades.Length - 1) + 0.5)]))}".TrimEnd());
            next = token;
        }

        return (said, picture);
    }

    public void Dispose() => generator.Dispose();
}
