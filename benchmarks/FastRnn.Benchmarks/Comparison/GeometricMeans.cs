using System.Globalization;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Goals over several rows.</summary>
internal static class GeometricMeans
{
    private const double RtNeuralGoal = 1.5;

    /// <summary>Lines such as <c>streaming, H at most 64, block: 1.52 x RTNeural; goal 1.5: yes</c>.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ComparisonRow> rows)
    {
        foreach (var kind in (string[])["block", "call"])
        {
            // These and no larger ones have one input.
            var ratios = rows.Where(row => row is { Group: StreamingContests.Group, Peer: Rivals.RtNeural, Ratio: not null }
                && row.Shape.Contains(" 1->", StringComparison.Ordinal) && row.Shape.Contains(kind, StringComparison.Ordinal)).ToList();
            if (ratios.Count > 0)
            {
                var mean = Math.Exp(ratios.Average(row => Math.Log(row.Ratio!.Value)));
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"streaming, H <= 64, {kind}: geometric mean of {ratios.Count} rows {mean:0.00} x {Rivals.RtNeural}; "
                        + $"goal >= {RtNeuralGoal} x: {Figures.YesNo(mean >= RtNeuralGoal)}");
            }
        }
    }
}
