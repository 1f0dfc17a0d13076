using FastRnn.Data;
using FastRnn.Parameters;
using FastRnn.Samples.Common;

namespace FastRnn.Samples.Dates;

/// <summary>An encoder, attention and a decoder translate dates written in many ways.</summary>
internal sealed class DatesSample : ISample
{
    private const int BatchSize = 64;

    public string Name => "dates";

    public string Summary => "an encoder and a decoder with attention translate dates written in many ways";

    public IReadOnlyList<Option> Options => [new("date", "TEXT", "a text of your own to translate: '21st Nov 1990'")];

    public void Run(SampleRun run)
    {
        var own = Own(run.Options.Text("date"));
        run.Say($"dates from 1900 to 2099, {DateStyles.All.Count} ways to write them; one day in ten is never seen in training");
        var model = new DateModel(run.Seed);
        Train(run, model);
        Measure(run, model);
        foreach (var written in own is null ? ["Thursday, March 5, 1987", "5. März 1987"] : new[] { own })
        {
            var (said, picture) = DateTranslator.Look(model, written);
            run.Say($"\n{written} -> {said}, and where each character looked:");
            foreach (var line in picture)
            {
                run.Say($"  {line}");
            }
        }
    }

    private static string? Own(string? text)
    {
        if (text?.Length > DatePairs.LongestText)
        {
            throw SampleException.Usage($"--date: expected at most {DatePairs.LongestText} characters, got {text.Length}");
        }

        return text?.AsSpan().IndexOfAnyExcept(DatePairs.Alphabet) is >= 0 and var at
            ? throw SampleException.Usage($"--date: '{text[at]}' at position {at} is in no date that the model reads in training")
            : text;
    }

    private static void Train(SampleRun run, DateModel model)
    {
        var (random, batch) = (new RandomSource(run.Seed), new DateWords());
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = BatchSize,
            SequenceLength = DatePairs.IsoLength + 1,
            SourceLength = DatePairs.LongestText,
            ClipNorm = 1,
        });
        run.Train(trainer, new MadeBatches(BatchSize, Draw), new(Full: 3000, Quick: 400, Peak: 4e-3, Last: 1e-5, "nats a character"));

        SequenceBatch Draw(int number)
        {
            batch.Clear();
            batch.Draw(random, BatchSize, test: false);
            return batch.Lesson;
        }
    }

    private static void Measure(SampleRun run, DateModel model)
    {
        using var translator = new DateTranslator(model, BatchSize);
        var (random, batch) = (new RandomSource(-1 - run.Seed), new DateWords());
        List<(string Written, string Iso, string Said)> all = [];
        for (var count = run.Pick(full: 10_000, quick: 1000); all.Count < count;)
        {
            (string Written, string Iso)[] pairs = [.. Enumerable.Range(0, BatchSize).Select(_ => DatePairs.Draw(random, test: true))];
            batch.Clear();
            foreach (var (written, iso) in pairs)
            {
                batch.Add(written, iso);
            }

            all.AddRange(pairs.Zip(translator.Translate(batch.Question), (pair, said) => (pair.Written, pair.Iso, said)));
        }

        foreach (var (written, iso, said) in all.Take(6).Concat(all.Where(one => one.Said != one.Iso).Take(4)))
        {
            run.Say($"  {written,-DatePairs.LongestText} -> {said,-DatePairs.IsoLength}{(said == iso ? "" : $"   wrong: {iso}")}");
        }

        run.Tell("unseen dates", all.Count, "f0");
        run.AtLeast("translated exactly", all.Count(one => one.Said == one.Iso) / (double)all.Count, full: 0.99, quick: 0.95, "p2");
    }
}
