namespace FastRnn.Execution;

/// <summary>Which sequences of a batch belong to which rank: neighbours, in the order of the batch, about as much work for each. A function
/// of the lengths and the number of ranks alone, so all ranks cut alike.</summary>
internal static unsafe class RankShards
{
    /// <summary>The sequences of a rank: a sequence belongs to the rank in whose part of all work its middle lies.</summary>
    /// <param name="plan">Lengths of the batch's sequences and of their sources.</param>
    /// <param name="count">How many sequences there are.</param>
    /// <param name="sizes">What a step of them costs.</param>
    /// <param name="hasSource">Whether there are sources.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="ranks">The number of ranks.</param>
    public static (int Begin, int End) Of(BatchPlan plan, int count, RunSizes sizes, bool hasSource, int rank, int ranks)
    {
        var total = (Int128)0;
        for (var i = 0; i < count; i++)
        {
            total += Work(i);
        }

        var (begin, end, before) = (-1, 0, (Int128)0);
        for (var i = 0; i < count; i++)
        {
            var work = Work(i);
            var owner = total == 0
                ? (int)((long)i * ranks / count)
                : (int)Math.Min(ranks - 1, (long)(((2 * before) + work) * ranks / (2 * total)));
            before += work;
            if (owner == rank)
            {
                begin = begin < 0 ? i : begin;
                end = i + 1;
            }
        }

        return begin < 0 ? (0, 0) : (begin, end);

        Int128 Work(int i) => ((Int128)plan.MainLengths[i] * Math.Max(1, sizes.StepCost))
            + (hasSource ? (Int128)plan.SourceLengths[i] * Math.Max(1, sizes.SourceStepCost) : 0);
    }

    /// <summary>The same of streams, which are equally long.</summary>
    public static (int Begin, int End) OfStreams(int streams, int rank, int ranks)
    {
        // The first whose middle, (2 i + 1) / (2 B), is in the part of the rank.
        int First(int of) => (int)Math.Clamp((((2L * of * streams) + ranks - 1) / ranks) / 2, 0, streams);
        return (First(rank), First(rank + 1));
    }
}
