namespace FastRnn.Benchmarks.Ranks;

/// <summary>Sides that take turns, a job each.</summary>
/// <param name="isQuick">Whether turns are few and short.</param>
/// <param name="interrupt">Ends it.</param>
internal sealed class RankRounds(bool isQuick, CancellationToken interrupt)
{
    /// <summary>Turns of a side.</summary>
    public int Count { get; } = isQuick ? 1 : 3;

    /// <summary>How long steps are measured in a turn.</summary>
    public double Seconds { get; } = isQuick ? 0.7 : 1.5;

    /// <summary>All turns of each side; the first rank waits for all others, so its time is the step's.</summary>
    public List<IReadOnlyList<RankMeasure>>[] Run(params Func<double, IReadOnlyList<RankMeasure>>[] sides)
    {
        var turns = sides.Select(_ => new List<IReadOnlyList<RankMeasure>>()).ToArray();
        for (var round = 0; round < Count; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                interrupt.ThrowIfCancellationRequested();
                turns[side].Add(sides[side](Seconds));
            }
        }

        return turns;
    }

    /// <summary>The median of a number of rank 0.</summary>
    public static double Median(List<IReadOnlyList<RankMeasure>> turns, Func<RankMeasure, double> number) =>
        turns.Select(turn => number(turn[0])).Order().ElementAt(turns.Count / 2);
}
