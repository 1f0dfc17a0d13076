namespace FastRnn.Tables.Preparing;

/// <summary>What is known of a value before it comes: the last one, or that of the last season.</summary>
internal static class Anchor
{
    /// <summary>Nothing: the mean.</summary>
    public const int None = -1;

    /// <summary>The last value.</summary>
    public const int Last = 0;

    // What was missing for longer is not known.
    private const int MostSteps = 1_000;

    /// <summary>The value, or NaN if there is none.</summary>
    /// <param name="values">Of the target.</param>
    /// <param name="start">The first row of the group.</param>
    /// <param name="row">The row at which the forecast is made: no later one is looked at.</param>
    /// <param name="horizon">How many rows ahead.</param>
    /// <param name="period"><see cref="None"/>, <see cref="Last"/>, or the rows of a season.</param>
    public static float Of(ReadOnlySpan<float> values, int start, int row, int horizon, int period)
    {
        if (period == None)
            return 0;
        var (step, at) = period == Last ? (1, row) : (period, row + horizon - (period * (((horizon - 1) / period) + 1)));
        for (var steps = 0; at >= start && steps < MostSteps; at -= step, steps++)
        {
            if (!float.IsNaN(values[at]))
                return values[at];
        }

        return float.NaN;
    }
}
