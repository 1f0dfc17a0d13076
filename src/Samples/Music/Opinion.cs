namespace FastRnn.Samples.Music;

/// <summary>How well many melodies keep to the styles that were asked for; all from 0 to 1, or to -1 where it is a correlation.</summary>
/// <param name="Ended">Melodies that end by themselves.</param>
/// <param name="InScale">Notes of the scale.</param>
/// <param name="InRegister">Notes within a fifth (7 semitones) of where register and contour want them.</param>
/// <param name="InMetre">Melodies of four whole bars that no note crosses.</param>
/// <param name="OnTonic">Melodies that end on the tonic.</param>
/// <param name="Contour">Melodies that fit their contour better than any other.</param>
/// <param name="Density">The correlation of the density that was asked for with notes an eighth.</param>
internal sealed record Opinion(
    double Ended, double InScale, double InRegister, double InMetre, double OnTonic, double Contour, double Density)
{
    public const string Header = "                ended  in scale  in register  in metre  on tonic  contour  density";

    public static Opinion Of(IReadOnlyList<Melody> melodies)
    {
        var judged = melodies.Select(melody => (melody.Style, melody.Notes, Critic: Critic.Judge(melody.Notes, melody.Style))).ToList();
        double notes = Math.Max(1, melodies.Sum(melody => melody.Notes.Count));
        return new Opinion(
            melodies.Average(melody => melody.Ended ? 1.0 : 0),
            judged.Sum(melody => melody.Critic.InScale * melody.Notes.Count) / notes,
            judged.Sum(melody => melody.Critic.InRegister * melody.Notes.Count) / notes,
            judged.Average(melody => melody.Critic.InMetre ? 1.0 : 0),
            judged.Average(melody => melody.Critic.EndsOnTonic ? 1.0 : 0),
            melodies.Average(melody => BestContour(melody) == melody.Style.Contour ? 1.0 : 0),
            Correlation([.. judged.Where(melody => melody.Notes.Count > 0)
                .Select(melody => ((double)melody.Style.Density, 1 / melody.Critic.MeanLength))]));
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Ended,9:p1} {InScale,9:p1} {InRegister,12:p1} {InMetre,9:p1} {OnTonic,9:p1} {Contour,8:p1} {Density,8:f2}");

    private static int BestContour(Melody melody) =>
        Enumerable.Range(0, Style.Contours.Count)
            .MinBy(contour => Critic.Judge(melody.Notes, melody.Style with { Contour = contour }).Distance);

    private static double Correlation(IReadOnlyCollection<(double X, double Y)> pairs)
    {
        if (pairs.Count == 0)
        {
            return 0;
        }

        var (meanX, meanY) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var product = pairs.Sum(pair => (pair.X - meanX) * (pair.Y - meanY));
        var squares = pairs.Sum(pair => Math.Pow(pair.X - meanX, 2)) * pairs.Sum(pair => Math.Pow(pair.Y - meanY, 2));
        return squares > 0 ? product / Math.Sqrt(squares) : 0;
    }
}
