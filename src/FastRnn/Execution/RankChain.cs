using System.Globalization;

namespace FastRnn.Execution;

/// <summary>The sums of a step over all ranks, in the order of the batch: a gradient is one chain over the sequences, so each rank goes on
/// where the one before it stopped, and hands on what it has. Slices of the gradients follow each other: while a rank adds to one, the next
/// rank adds to the slice before. What the last one has are the bits of one process; they come back (<see cref="RankReturn"/>).</summary>
internal sealed unsafe class RankChain
{
    /// <summary>The channel from rank to rank.</summary>
    private const int Forth = 0;

    private readonly RecordedRun run;
    private readonly GradientSlice[] slices;
    private readonly RankReturn back;
    private readonly RankHead head;
    private bool isExpected;

    /// <summary>Makes the plan of the slices.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="run">This rank's passes.</param>
    public RankChain(RankGroup group, RecordedRun run)
    {
        (Group, this.run) = (group, run);
        slices = run.Gradients.Slices();
        head = new RankHead(run);
        back = new RankReturn(group, run, slices);
    }

    /// <summary>The ranks.</summary>
    public RankGroup Group { get; }

    /// <summary>The sequences of the batch at the door that this rank passes over.</summary>
    public (int Begin, int End) Shard => RankShards.Of(
        run.Runner.Plan, run.Runner.Input.Count, run.Runner.Sizes, run.Runner.Info.Source is not null, Group.Rank, Group.Count);

    private bool IsLast => Group.Rank == Group.Count - 1;

    /// <summary>What the rank before has may arrive from now on, in the place of the gradients, which nothing reads before
    /// <see cref="Add"/>: while this rank still passes over its sequences.</summary>
    public void Expect()
    {
        if (Group.Rank == 0 || isExpected)
        {
            return;
        }

        isExpected = true;
        Group.BeginReceive(Group.Rank - 1, Forth, head.Address, head.Bytes);
        foreach (var slice in slices)
        {
            foreach (var (offset, count) in slice.Ranges)
            {
                Group.BeginReceive(Group.Rank - 1, Forth, (nint)(run.Gradients.Address + offset), (nint)count * sizeof(float));
            }
        }
    }

    /// <summary>Adds losses and gradients of what was passed to those of the ranks before.</summary>
    /// <param name="begins">Whether it is the first of this rank's parts of the batch.</param>
    /// <param name="ends">Whether it is the last one.</param>
    /// <param name="hasSequences">Whether there is anything to add, and not only to hand on.</param>
    /// <exception cref="InvalidOperationException">The rank before is at another batch.</exception>
    public void Add(bool begins, bool ends, bool hasSequences)
    {
        var receives = begins && Group.Rank > 0;
        var sends = ends && !IsLast;
        if (receives)
        {
            Expect();
            isExpected = false;
        }

        if (sends)
        {
            back.Begin();
        }

        AddLosses(receives, ends, hasSequences);
        foreach (var slice in slices)
        {
            for (var i = 0; i < slice.Ranges.Length && receives; i++)
            {
                Group.FinishReceive();
            }

            if (hasSequences)
            {
                run.AddGradients(slice);
            }

            foreach (var (offset, count) in sends ? slice.Ranges : [])
            {
                Group.BeginSend(Group.Rank + 1, Forth, (nint)(run.Gradients.Address + offset), (nint)count * sizeof(float));
            }

            if (ends && IsLast)
            {
                back.HandOn(in slice, run.Gradients.Address);
            }
        }

        if (sends)
        {
            back.Finish();
        }
        else if (ends)
        {
            Group.FinishSends();
        }
    }

    /// <summary>All ranks get the states of all streams, of which each has carried on its own.</summary>
    public void ShareStates()
    {
        for (var rank = 0; rank < Group.Count; rank++)
        {
            var (begin, end) = RankShards.OfStreams(run.Runner.Sizes.Batch, rank, Group.Count);
            var states = run.States.Of(begin, end);
            if (!states.IsEmpty)
            {
                fixed (float* address = states)
                {
                    Group.Broadcast(rank, (nint)address, (nint)states.Length * sizeof(float));
                }
            }
        }
    }

    private void AddLosses(bool receives, bool ends, bool hasSequences)
    {
        if (receives)
        {
            Group.FinishReceive();
            if (!head.IsOfThisStep)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Rank {Group.Rank} of {Group.Count} is at another batch than rank {Group.Rank - 1}: expected {head}, got "
                        + $"{head.Own}: all ranks have to read the same batches."));
            }

            head.Read();
        }

        if (hasSequences)
        {
            run.Loss.Add();
        }

        head.Write();
        if (ends && !IsLast)
        {
            Group.BeginSend(Group.Rank + 1, Forth, head.Address, head.Bytes);
        }
        else if (ends)
        {
            back.HandOn(head);
        }
    }
}
