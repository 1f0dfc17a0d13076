namespace FastRnn.Samples.Music;

/// <summary>How well a melody keeps to its style: what a model of the composer is measured by.</summary>
/// <param name="InScale">The share of notes whose pitch is of the scale.</param>
/// <param name="InMetre">Whether the bars are as many as they should be and none is crossed by a note.</param>
/// <param name="EndsOnTonic">Whether it ends where it should.</param>
/// <param name="InRegister">The share of notes within a fifth (7 semitones) of where register and contour want them.</param>
/// <param name="Distance">Semitones between a note and where register and contour want it, in the mean.</param>
/// <param name="MeanLength">Eighths of a note, in the mean.</param>
internal sealed record Critic(double InScale, bool InMetre, bool EndsOnTonic, double InRegister, double Distance, double MeanLength)
{
    public static Critic Judge(IReadOnlyList<Note> notes, Style style)
    {
        var (bar, total) = (2 * style.BeatsPerBar, 2 * style.BeatsPerBar * Composer.Bars);
        var (time, crossed, distance, near) = (0, false, 0.0, 0);
        foreach (var note in notes)
        {
            var away = Math.Abs(note.Pitch - style.Centre(Math.Min(1, (double)time / total)));
            distance += away;
            near += away <= 7 ? 1 : 0;
            crossed |= time % bar + note.Length > bar;
            time += note.Length;
        }

        var count = Math.Max(1, notes.Count);
        return new Critic(
            (double)notes.Count(note => style.Allows(note.Pitch)) / count,
            !crossed && time == total,
            notes.Count > 0 && notes[^1].Pitch % 12 == 0,
            (double)near / count,
            distance / count,
            (double)time / count);
    }
}
