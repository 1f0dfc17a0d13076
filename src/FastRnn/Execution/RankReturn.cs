namespace FastRnn.Execution;

/// <summary>The way of the sums from the last rank to all others, slice by slice as they are done: in memory of their own, so that they
/// arrive while a rank still computes. Few ranks hand them on one to the next, many as a tree.</summary>
internal sealed unsafe class RankReturn
{
    /// <summary>The channel of what comes back.</summary>
    private const int Back = 1;

    private readonly RankGroup group;
    private readonly RecordedRun run;
    private readonly GradientSlice[] slices;
    private readonly RankHead head;
    private readonly int parent;
    private readonly int[] children;

    /// <summary>Finds the neighbours.</summary>
    public RankReturn(RankGroup group, RecordedRun run, GradientSlice[] slices)
    {
        (this.group, this.run, this.slices) = (group, run, slices);
        head = new RankHead(run);

        // Places in the tree: the last rank is its root.
        var (count, branches) = (group.Count, group.Count <= RankGroup.LongestRow ? 1 : 2);
        var place = (group.Rank + 1) % count;
        parent = RankOf((place - 1) / branches);
        children = [.. Enumerable.Range((place * branches) + 1, branches).Where(child => child < count).Select(RankOf)];

        int RankOf(int at) => (at + count - 1) % count;
    }

    /// <summary>From now on sums may come.</summary>
    public void Begin()
    {
        group.BeginReceive(parent, Back, head.Address, head.Bytes);
        foreach (var slice in slices)
        {
            foreach (var (offset, count) in slice.Ranges)
            {
                group.BeginReceive(parent, Back, (nint)(run.Gradients.Others + offset), (nint)count * sizeof(float));
            }
        }
    }

    /// <summary>Waits for all of them, and takes them.</summary>
    public void Finish()
    {
        group.FinishReceive();
        HandOn(head);
        foreach (var slice in slices)
        {
            for (var i = 0; i < slice.Ranges.Length; i++)
            {
                group.FinishReceive();
            }

            HandOn(in slice, run.Gradients.Others);
        }

        group.FinishSends();
        head.Read();
        run.Gradients.Swap();
    }

    /// <summary>Sends a slice to those behind.</summary>
    public void HandOn(in GradientSlice slice, float* gradients)
    {
        foreach (var child in children)
        {
            foreach (var (offset, count) in slice.Ranges)
            {
                group.BeginSend(child, Back, (nint)(gradients + offset), (nint)count * sizeof(float));
            }
        }
    }

    /// <summary>Sends losses to those behind.</summary>
    public void HandOn(RankHead losses)
    {
        foreach (var child in children)
        {
            group.BeginSend(child, Back, losses.Address, losses.Bytes);
        }
    }
}
