using FastRnn.Parameters;

namespace FastRnn.Samples.Music;

/// <summary>The teacher: melodies that follow a style, by rules and dice.</summary>
internal static class Composer
{
    /// <summary>Bars of every melody.</summary>
    public const int Bars = 4;

    /// <summary>Notes of the longest melody that there can be: eighths in four bars of four beats.</summary>
    public const int MostNotes = Bars * 8;

    /// <summary>A melody: the bars are filled, no note crosses a bar line, every pitch is of the scale, the line follows the contour by
    /// small steps and ends on the tonic.</summary>
    public static List<Note> Compose(RandomSource random, Style style)
    {
        var notes = new List<Note>();
        var (bar, total) = (2 * style.BeatsPerBar, 2 * style.BeatsPerBar * Bars);
        var last = style.Centre(0);
        for (var time = 0; time < total;)
        {
            var length = Length(random, style, bar - time % bar);
            var isLast = time + length == total;
            var wanted = 0.5 * last + 0.5 * style.Centre((double)time / total) + random.NextGaussian() * 1.5;
            var pitch = Nearest(wanted, candidate => isLast ? candidate % 12 == 0 : style.Allows(candidate));
            notes.Add(new Note(pitch, length));
            (last, time) = (pitch, time + length);
        }

        return notes;
    }

    /// <summary>A length that still fits: likely near what the density asks for, from a half note (4 eighths) to an eighth.</summary>
    private static int Length(RandomSource random, Style style, int room)
    {
        var wanted = 4 - 3 * style.Density;
        Span<double> weights = stackalloc double[Note.Lengths.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = Note.Lengths[i] - wanted;
            sum += weights[i] = Note.Lengths[i] <= room ? Math.Exp(-distance * distance) : 0;
        }

        var dice = random.NextDouble() * sum;
        var choice = 0;
        while (choice < weights.Length - 1 && (dice -= weights[choice]) >= 0)
        {
            choice++;
        }

        // Where rounding lets the dice roll beyond the last weight, an eighth always fits.
        return Note.Lengths[choice] <= room ? Note.Lengths[choice] : 1;
    }

    private static int Nearest(double wanted, Func<int, bool> allows) => Enumerable.Range(Note.Lowest, Note.Highest - Note.Lowest + 1)
        .Where(allows).MinBy(candidate => Math.Abs(candidate - wanted));
}
