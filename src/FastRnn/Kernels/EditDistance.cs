namespace FastRnn.Kernels;

/// <summary>How many symbols must be put in, taken away or exchanged to make one sequence of another (Levenshtein 1966).</summary>
internal static class EditDistance
{
    /// <summary>The distance.</summary>
    /// <param name="from">One sequence.</param>
    /// <param name="to">The other.</param>
    /// <param name="row">Room for one number more than <paramref name="to"/> has.</param>
    public static int Of(ReadOnlySpan<int> from, ReadOnlySpan<int> to, Span<int> row)
    {
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var exchanged = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(exchanged, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[to.Length];
    }
}
