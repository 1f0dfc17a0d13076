namespace FastRnn.Tables.Preparing;

/// <summary>Looks for the season of a series.</summary>
internal static class SeasonFinder
{
    private const int MostRows = 100_000;

    /// <summary>The rows of a day, a week or a year, whichever repeats the target best; 0 if none does within the training part, or times
    /// are no dates.</summary>
    /// <param name="values">The target, in the layout's order.</param>
    /// <param name="training">The rows that may be looked at.</param>
    /// <param name="time">The usual step.</param>
    public static int Find(float[] values, IReadOnlyList<PartRange> training, PreparedTime? time)
    {
        if (time is not { IsCalendar: true })
            return 0;
        var (best, least) = (0, double.PositiveInfinity);
        foreach (var length in new[] { TableTime.Day, 7 * TableTime.Day, TableTime.Year })
        {
            // Months and days have no whole number in a year: as near as it is.
            var rows = length / time.Step;
            var period = (int)Math.Round(Math.Min(rows, 1e6));
            if (period < 2 || Math.Abs(rows - period) > 0.02 * period)
                continue;

            // A longer season has to repeat it clearly better.
            var error = Error(values, training, period);
            if (error < 0.97 * least)
                (best, least) = (period, error);
        }

        return best;
    }

    /// <summary>The mean difference of a value and the one a season before; infinite where the training part has less than two
    /// seasons.</summary>
    private static double Error(float[] values, IReadOnlyList<PartRange> training, int period)
    {
        if (!training.Any(range => range.End - range.Start >= 2 * period))
            return double.PositiveInfinity;
        var (sum, count) = (0.0, 0);
        foreach (var range in training)
        {
            for (var i = range.Start + period; i < range.End && count < MostRows; i++)
            {
                var difference = values[i] - values[i - period];
                if (!float.IsNaN(difference))
                    (sum, count) = (sum + Math.Abs(difference), count + 1);
            }
        }

        return count > 0 ? sum / count : double.PositiveInfinity;
    }
}
