namespace FastRnn.Tables.Preparing;

/// <summary>Cuts the rows of a table into training, validation and test.</summary>
internal static class RowParts
{
    /// <summary>The first rows of each group, the next, the last: all groups at the same times, or, without times, at the same
    /// shares.</summary>
    public static List<PartRange> ByTime(RowLayout layout, TableOptions options)
    {
        var share = 1 - options.ValidationShare - options.TestShare;
        var (validation, test) = (double.NaN, double.NaN);
        if (layout.Times is { } times)
        {
            var sorted = times.Order().ToArray();
            validation = sorted[(int)(share * sorted.Length)];
            test = sorted[(int)((1 - options.TestShare) * sorted.Length)];
        }

        var ranges = new List<PartRange>();
        for (var g = 0; g < layout.Groups.Count; g++)
        {
            var (_, start, end) = layout.Groups[g];
            var (first, second) = layout.Times is null
                ? (start + (int)(share * (end - start)), start + (int)((1 - options.TestShare) * (end - start)))
                : (From(layout.Times, start, end, validation), From(layout.Times, start, end, test));
            Add(Part.Training, start, first);
            Add(Part.Validation, first, second);
            Add(Part.Test, second, end);

            void Add(Part part, int from, int to)
            {
                if (to > from)
                    ranges.Add(new PartRange(part, g, from, to));
            }
        }

        return ranges;
    }

    /// <summary>Whole groups, drawn by chance, of each class the same share.</summary>
    /// <param name="layout">The groups.</param>
    /// <param name="options">Shares and seed.</param>
    /// <param name="classOf">The class of each group, by its number.</param>
    public static List<PartRange> ByGroup(RowLayout layout, TableOptions options, Func<int, int> classOf)
    {
        // The same seed draws the same groups on every machine.
        var random = new Random(options.Seed);
        var parts = new Part[layout.Groups.Count];
        foreach (var groups in Enumerable.Range(0, parts.Length).GroupBy(classOf).OrderBy(groups => groups.Key))
        {
            var shuffled = groups.ToArray();
            random.Shuffle(shuffled);
            var test = (int)Math.Round(options.TestShare * shuffled.Length);
            var validation = (int)Math.Round(options.ValidationShare * shuffled.Length);
            for (var i = 0; i < shuffled.Length; i++)
            {
                // The last is learned in any case.
                parts[shuffled[i]] = i == shuffled.Length - 1 ? Part.Training
                    : i < test ? Part.Test : i < test + validation ? Part.Validation : Part.Training;
            }
        }

        return [.. layout.Groups.Select((group, g) => new PartRange(parts[g], g, group.Start, group.End))];
    }

    private static int From(double[] times, int start, int end, double time)
    {
        var place = Array.BinarySearch(times, start, end - start, time);
        return place >= 0 ? place : ~place;
    }
}
