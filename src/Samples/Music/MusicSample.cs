using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Music;

/// <summary>From a style to a melody.</summary>
internal sealed class MusicSample : ISample
{
    private const int BatchSize = 64, Cap = 2 * Composer.MostNotes;

    public string Name => "music";

    public string Summary => "an LSTM writes melodies in a style that is asked for; writes MIDI files";

    public IReadOnlyList<Option> Options =>
    [
        new("melodies", "N", "how many files are written, 1 to 100 (8)"),
        new("scale", "NAME", $"of these melodies: {string.Join(", ", Style.ScaleNames)}; like what follows, of any kind unless said"),
        new("beats", "N", "of a bar, 3 or 4"),
        new("register", "N", "from 0, low, to 1, high"),
        new("density", "N", "from 0, long notes, to 1, short ones"),
        new("contour", "NAME", string.Join(", ", Style.Contours)),
        new("temperature", "N", "from 0, the likeliest notes, to 2, wild ones (0.8)"),
    ];

    public void Run(SampleRun run)
    {
        var wishes = Wishes(run);
        var temperature = run.Options.Number("temperature", 0f, 2f) ?? 0.8f;
        string[] names = [.. Enumerable.Range(1, wishes.Length).Select(i => $"melody-{i:d2}.mid")];
        var output = run.OpenOutput(names);

        var lessons = Compose(run.Seed, run.Pick(full: 100_000, quick: 3000));
        var unseen = Compose(-1 - run.Seed, run.Pick(full: 2000, quick: 300));
        Style[] styles = [.. unseen.Select(melody => melody.Style)];
        run.Say($"{lessons.Count} melodies of {Composer.Bars} bars, {lessons.Sum(melody => melody.Notes.Count)} notes");

        var model = new MelodyModel(run.Seed);
        Train(run, model, lessons, "model");
        var styleless = new StylelessModel(run.Seed);
        Train(run, styleless, lessons, "without style");

        var (composer, written, without) = (
            Opinion.Of(unseen), Opinion.Of(Write(model, styles, run.Seed, temperature)),
            Opinion.Of(Write(styleless, styles, run.Seed, temperature)));
        run.Say($"{Opinion.Header}");
        run.Say($"composer      {composer}");
        run.Say($"model         {written}");
        run.Say($"without style {without}");
        run.AtLeast("melodies that end by themselves", written.Ended, full: 0.99, quick: 0.9, "p1");
        run.AtLeast("notes of the scale that was asked for", written.InScale, full: 0.97, quick: 0.8, "p1");
        run.Tell("notes of the scale, without style", without.InScale, "p1");
        run.AtLeast(
            "notes in the register, in parts of the composer's", written.InRegister / composer.InRegister, full: 0.97, quick: 0.85, "p1");
        run.AtLeast("melodies in the metre", written.InMetre, full: 0.9, quick: 0.01, "p1");
        run.AtLeast(
            "agreement with the contour, in parts of the composer's", written.Contour / composer.Contour, full: 0.95, quick: 0.7, "p1");
        run.AtLeast(
            "agreement with the density, in parts of the composer's", written.Density / composer.Density, full: 0.95, quick: 0.7, "p1");

        foreach (var (name, melody) in names.Zip(Write(model, wishes, run.Seed + 1, temperature)))
        {
            run.Say($"written: {output.Write(name, MelodyFile.Write(melody.Notes, melody.Style.BeatsPerBar))}: {melody.Style}");
        }
    }

    /// <summary>The styles of the melodies that are written as files.</summary>
    private static Style[] Wishes(SampleRun run)
    {
        var (scale, contour) = (Choice(run.Options, "scale", Style.ScaleNames), Choice(run.Options, "contour", Style.Contours));
        var beats = run.Options.Number("beats", 3, 4);
        var (register, density) = (run.Options.Number("register", 0f, 1f), run.Options.Number("density", 0f, 1f));
        var random = new RandomSource(run.Seed);
        var styles = new Style[run.Options.Number("melodies", 1, 100) ?? 8];
        foreach (ref var style in styles.AsSpan())
        {
            var any = Style.Draw(random);
            style = new(
                scale ?? any.Scale, beats ?? any.BeatsPerBar, register ?? any.Register, density ?? any.Density, contour ?? any.Contour);
        }

        return styles;
    }

    private static int? Choice(Options options, string name, IReadOnlyList<string> names)
    {
        if (options.Text(name) is not { } text)
        {
            return null;
        }

        var choice = names.ToList().IndexOf(text);
        return choice >= 0 ? choice : throw SampleException.Usage($"--{name}: expected one of {string.Join(", ", names)}, got '{text}'");
    }

    private static List<Melody> Compose(long seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Style.Draw(random)).Select(style => new Melody(style, Composer.Compose(random, style)))];
    }

    /// <summary>Each note from the notes before it, from START to END.</summary>
    private static void Train<TModel>(SampleRun run, TModel model, List<Melody> lessons, string phase)
        where TModel : class, IModel<TModel>
    {
        var size = TModel.Info.ConditionSize;
        var data = new SequenceDataset(new() { Vocabulary = Note.Vocabulary, TargetVocabulary = Note.Vocabulary, ConditionSize = size });
        foreach (var melody in lessons)
        {
            int[] tokens = [Note.Start, .. melody.Notes.Select(note => note.Token), Note.End];
            data.Add(new()
            {
                Tokens = tokens.AsSpan(..^1),
                TargetTokens = tokens.AsSpan(1..),
                Condition = melody.Style.ToVector().AsSpan(0, size)
            });
        }

        using var trainer =
            new Trainer<TModel>(model, new() { BatchSize = BatchSize, SequenceLength = data.MaxLength, ClipNorm = 1 });
        var batches = new ShuffledBatches(data, BatchSize, run.Seed);
        run.Train(trainer, batches, new(Full: 8000, Quick: 400, Peak: 1e-2, Last: 1e-5, "cross-entropy of a note")
        {
            Phase = phase,
            Share = 0.5,
        });
    }

    /// <summary>A melody in each style, note by note until END.</summary>
    private static List<Melody> Write<TModel>(TModel model, Style[] styles, int seed, float temperature)
        where TModel : class, IModel<TModel>
    {
        using var generator = new SequenceGenerator<TModel>(model, new() { BatchSize = BatchSize });
        var sampler = new Sampler(Note.Vocabulary, seed);
        var (tokens, lengths) = (new int[BatchSize * Cap], new int[BatchSize]);
        var melodies = new List<Melody>();
        foreach (var batch in styles.Chunk(BatchSize))
        {
            float[] condition = TModel.Info.ConditionSize > 0 ? [.. batch.SelectMany(style => style.ToVector())] : [];
            generator.Start(new() { Condition = condition }, batch.Length);
            generator.Generate(
                Note.Start, Note.End, tokens.AsSpan(0, batch.Length * Cap), lengths.AsSpan(0, batch.Length), sampler, temperature);
            for (var row = 0; row < batch.Length; row++)
            {
                // A model that has learnt nothing yet may say START in the middle.
                var notes = tokens.AsSpan(row * Cap, lengths[row]).ToArray().Where(token => token != Note.Start).Select(Note.Of);
                melodies.Add(new Melody(batch[row], [.. notes], Ended: lengths[row] < Cap));
            }
        }

        return melodies;
    }
}
