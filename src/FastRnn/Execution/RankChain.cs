using System.Globalization;

namespace FastRnn.Execution;

/// <summary>The sums of a step over all ranks, in the order of the batch: a gradient is one chain over the sequences, so each rank goes on
/// where the one before it stopped, and hands on what it has. Slices of the gradients follow each other, those of the last layers first:
/// while a rank adds to one, or passes back over the layers before, the slice before is on its way. What the last one has are the bits of
/// one process; they come back (<see cref="RankReturn"/>).</summary>
internal sealed unsafe class RankChain
{
    /// <summary>The channel from rank to rank.</summary>
    private const int Forth = 0;

    /// <summary>The place of the losses, before the first slice.</summary>
    private const int Losses = -1;

    private readonly RecordedRun run;
    private readonly GradientSlice[] slices;
    private readonly RankReturn back;
    private readonly RankHead head;

    // Layers between whose backward passes a rank looks what it can add.
    private readonly (int Begin, int End)[] parts;

    // From the first sum of a batch that may arrive to the last one that has left: in between the group knows this run's memory.
    private bool isUnderWay;

    // The part of the batch that is added now: the slice that follows next, and how much of it has arrived.
    private bool receives, ends, hasSequences;
    private int next, arrived;

    /// <summary>Makes the plan of the slices.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="run">This rank's passes.</param>
    public RankChain(RankGroup group, RecordedRun run)
    {
        (Group, this.run) = (group, run);
        slices = run.Gradients.Slices();
        parts = GradientSlices.Parts(run.Runner.Info, slices);
        head = new RankHead(run);
        back = new RankReturn(group, run, slices);
    }

    /// <summary>The ranks.</summary>
    public RankGroup Group { get; }

    /// <summary>The sequences of the batch at the door that this rank passes over.</summary>
    public (int Begin, int End) Shard => RankShards.Of(
        run.Runner.Plan, run.Runner.Input.Count, run.Runner.Sizes, run.Runner.Info.Source is not null, Group.Rank, Group.Count);

    private bool IsLast => Group.Rank == Group.Count - 1;

    private bool Sends => ends && !IsLast;

    /// <summary>What the rank before has may arrive from now on, in the place of the gradients, which nothing reads before
    /// <see cref="Add"/>: while this rank still passes over its sequences.</summary>
    /// <exception cref="InvalidOperationException">A step before has failed in the middle of its exchange.</exception>
    public void Expect()
    {
        if (isUnderWay)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"An earlier step of rank {Group.Rank} failed while ranks exchanged their sums: the job has to be started again."));
        }

        isUnderWay = true;
        if (Group.Rank == 0)
        {
            return;
        }

        Group.BeginReceive(Group.Rank - 1, Forth, head.Address, head.Bytes);
        foreach (var slice in slices)
        {
            foreach (var (offset, count) in slice.Ranges)
            {
                Group.BeginReceive(Group.Rank - 1, Forth, (nint)(run.Gradients.Address + offset), (nint)count * sizeof(float));
            }
        }
    }

    /// <summary>Passes back over what was passed forward, and adds losses and gradients to those of the ranks before. Gradients of layers
    /// that have passed back are added and sent on before the earlier layers follow, as far as those of the rank before have
    /// arrived.</summary>
    /// <param name="begins">Whether it is the first of this rank's parts of the batch.</param>
    /// <param name="ends">Whether it is the last one.</param>
    /// <param name="hasSequences">Whether there is anything to add, and not only to hand on.</param>
    /// <exception cref="InvalidOperationException">The rank before is at another batch.</exception>
    public void Add(bool begins, bool ends, bool hasSequences)
    {
        (receives, this.ends, this.hasSequences) = (begins && Group.Rank > 0, ends, hasSequences);
        if (begins && !isUnderWay)
        {
            // A later segment of a window.
            Expect();
        }

        if (Sends)
        {
            back.Begin();
        }

        (next, arrived) = (Losses, 0);
        Advance(run.Runner.Info.Layers.Count, waits: false);
        for (var part = 0; part < parts.Length && hasSequences; part++)
        {
            run.PassBack(parts[part]);
            Advance(parts[part].Begin, waits: false);
        }

        Advance(0, waits: true);
        if (Sends)
        {
            back.Finish();
        }
        else if (ends)
        {
            Group.FinishSends();
        }

        isUnderWay = !ends;
    }

    /// <summary>Before the memory of the sums is given back: ends what a step that failed has left under way.</summary>
    /// <returns>Whether the group has forgotten that memory.</returns>
    public bool Leave() => !isUnderWay || Group.Abandon();

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

    /// <summary>Adds what follows next, as long as it belongs to layers that are done.</summary>
    /// <param name="layer">The last one that is done, on the way back.</param>
    /// <param name="waits">Whether what has not arrived is waited for.</param>
    private void Advance(int layer, bool waits)
    {
        for (; next < slices.Length && (next == Losses || slices[next].Layer >= layer) && HasArrived(waits); next++)
        {
            arrived = 0;
            if (next == Losses)
            {
                AddLosses();
            }
            else
            {
                AddSlice(in slices[next]);
            }
        }
    }

    /// <summary>Whether the rank before has sent what follows next.</summary>
    private bool HasArrived(bool waits)
    {
        for (var wanted = !receives ? 0 : next == Losses ? 1 : slices[next].Ranges.Length; arrived < wanted; arrived++)
        {
            if (waits)
            {
                Group.FinishReceive();
            }
            else if (!Group.TryFinishReceive())
            {
                return false;
            }
        }

        return true;
    }

    private void AddSlice(in GradientSlice slice)
    {
        if (hasSequences)
        {
            run.AddGradients(slice);
        }

        foreach (var (offset, count) in Sends ? slice.Ranges : [])
        {
            Group.BeginSend(Group.Rank + 1, Forth, (nint)(run.Gradients.Address + offset), (nint)count * sizeof(float));
        }

        if (ends && IsLast)
        {
            back.HandOn(in slice, run.Gradients.Address);
        }
    }

    private void AddLosses()
    {
        if (receives)
        {
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
        if (Sends)
        {
            Group.BeginSend(Group.Rank + 1, Forth, head.Address, head.Bytes);
        }
        else if (ends)
        {
            back.HandOn(head);
        }
    }
}
