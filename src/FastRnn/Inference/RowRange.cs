namespace FastRnn.Inference;

/// <summary>The rows of one worker, from <paramref name="Begin"/> to before <paramref name="End"/>, sorted from the longest to the shortest.</summary>
internal readonly unsafe record struct RowRange(int Begin, int End)
{
    /// <summary>The steps from <paramref name="from"/> on in which the same rows run.</summary>
    /// <returns>The step after the last one, <paramref name="from"/> itself if no row runs any more, and one past the last row.</returns>
    public (int To, int RowEnd) After(int from, int* lengths)
    {
        var end = End;
        while (end > Begin && lengths[end - 1] <= from)
        {
            end--;
        }

        return (end > Begin ? lengths[end - 1] : from, end);
    }

    /// <summary>The steps before <paramref name="to"/> in which the same rows run.</summary>
    /// <returns>The first of them, and one past the last row.</returns>
    public (int From, int RowEnd) Before(int to, int* lengths)
    {
        var end = Begin;
        while (end < End && lengths[end] >= to)
        {
            end++;
        }

        return (end < End ? lengths[end] : 0, end);
    }
}
