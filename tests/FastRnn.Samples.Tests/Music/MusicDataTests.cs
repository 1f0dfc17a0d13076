using FastRnn.Parameters;
using FastRnn.Samples.Music;

namespace FastRnn.Samples.Tests.Music;

public class MusicDataTests
{
    private static readonly List<(Style Style, List<Note> Notes)> Melodies = Compose(1, 1000);

    [Fact]
    public void The_composer_keeps_to_the_style()
    {
        foreach (var (style, notes) in Melodies)
        {
            var judged = Critic.Judge(notes, style);
            Assert.True(judged is { InScale: 1, InMetre: true, EndsOnTonic: true }, $"{style}: {judged}");
            Assert.InRange(judged.Distance, 0, 6);
            Assert.InRange(notes.Count, 1, Composer.MostNotes);
        }
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 65)]
    public void The_register_moves_the_melody(float register, double least)
    {
        var pitch = Mean(melody => melody.Style.Register < 0.2f, note => note.Pitch);
        var higher = Mean(melody => melody.Style.Register > 0.8f, note => note.Pitch);
        Assert.True(register == 0 ? pitch < least : higher > least, $"{pitch} {higher}");
    }

    [Fact]
    public void Density_shortens_notes_and_the_contour_leads_them()
    {
        Assert.True(Mean(melody => melody.Style.Density < 0.2f, note => note.Length)
            > 1.5 * Mean(melody => melody.Style.Density > 0.8f, note => note.Length));
        Assert.True(Rise("rising") > 5);
        Assert.True(Rise("falling") < -5);
        var arches = Melodies.Where(melody => Style.Contours[melody.Style.Contour] == "arch" && melody.Notes.Count >= 4).ToList();
        Assert.True(arches.Average(melody => melody.Notes[melody.Notes.Count / 2].Pitch - melody.Notes[0].Pitch) > 4);
        Assert.True(arches.Average(melody => melody.Notes[^1].Pitch - melody.Notes[melody.Notes.Count / 2].Pitch) < -2);

        static double Rise(string contour) => Melodies.Where(melody => Style.Contours[melody.Style.Contour] == contour)
            .Average(melody => melody.Notes[^1].Pitch - melody.Notes[0].Pitch);
    }

    [Fact]
    public void The_critic_hears_what_is_wrong()
    {
        var style = new Style(0, 4, 0.5f, 0.5f, 0);
        List<Note> good = [.. Enumerable.Repeat(new Note(60, 4), 8)];
        Assert.True(Critic.Judge(good, style) is { InScale: 1, InMetre: true, EndsOnTonic: true, MeanLength: 4 });
        Assert.False(Critic.Judge([.. good, new Note(60, 1)], style).InMetre);
        Assert.False(Critic.Judge([new Note(60, 6), new Note(60, 4), new Note(60, 6), .. good[..4]], style).InMetre);
        Assert.Equal(0.875, Critic.Judge([new Note(61, 4), .. good[1..]], style).InScale);
        Assert.False(Critic.Judge([.. good[1..], new Note(62, 4)], style).EndsOnTonic);
        Assert.False(Critic.Judge([], style).InMetre);
    }

    [Fact]
    public void A_note_is_a_token_and_a_token_a_note()
    {
        Assert.All(Enumerable.Range(2, Note.Vocabulary - 2), token => Assert.Equal(token, Note.Of(token).Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => Note.Of(Note.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => Note.Of(Note.End));
        Assert.Throws<ArgumentOutOfRangeException>(() => Note.Of(Note.Vocabulary));
    }

    [Fact]
    public void A_style_is_a_vector() =>
        Assert.Equal([0, 0, 1, 0, 0, 1, 0.25f, 0.75f, 0, 1, 0], new Style(2, 4, 0.25f, 0.75f, 1).ToVector());

    [Fact]
    public void A_file_says_what_was_composed()
    {
        foreach (var (style, notes) in Melodies.Take(50))
        {
            var read = new MidiReader(MelodyFile.Write(notes, style.BeatsPerBar, 120, 5));
            Assert.Equal(notes, read.Notes);
            Assert.Equal((style.BeatsPerBar, 500_000, 5), (read.BeatsPerBar, read.MicrosecondsPerQuarter, read.Instrument));
        }

        Note[] extreme = [new(0, 1), new(127, 100_000)];
        Assert.Equal(extreme, new MidiReader(MelodyFile.Write(extreme, 4)).Notes);
    }

    [Fact]
    public void What_no_file_can_say_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([new Note(128, 1)], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([new Note(-1, 1)], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([new Note(60, 0)], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([new Note(60, int.MaxValue)], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([], 4, beatsPerMinute: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MelodyFile.Write([], 4, instrument: 128));
    }

    private static double Mean(Func<(Style Style, List<Note> Notes), bool> which, Func<Note, int> what) =>
        Melodies.Where(which).SelectMany(melody => melody.Notes).Average(what);

    private static List<(Style Style, List<Note> Notes)> Compose(long seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Style.Draw(random)).Select(style => (style, Composer.Compose(random, style)))];
    }
}
