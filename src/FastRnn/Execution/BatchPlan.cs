using FastRnn.CompilerServices;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>Which worker does which sequences of a batch, and where these lie along each time. As many workers as have enough to do get
/// whole sequences, about the same number of steps each, and none waits in a pass. A plan may hold a group of the sequences or a part of
/// their steps: what does not fit is done in several plans. Where a sequence lies changes no bit of any result.</summary>
internal sealed unsafe class BatchPlan
{
    private readonly RunSizes sizes;
    private readonly int workers;
    private readonly TimeRows main;
    private readonly TimeRows source;
    private readonly TimeRows single;
    private int active = 1;
    private int* ends;
    private int* ones;
    private int* clipped;
    private long* keys;
    private long* loads;
    private int* owners;

    public BatchPlan(RunSizes sizes)
    {
        this.sizes = sizes;
        Parts = sizes.SplitsUnits ? sizes.Workers : 1;

        // Workers that split units all do the same rows.
        workers = sizes.SplitsUnits ? 1 : sizes.Workers;
        main = new TimeRows(sizes.Batch, sizes.PositionsOf(TimeDomain.Main), workers);
        source = new TimeRows(sizes.Batch, sizes.PositionsOf(TimeDomain.Source), workers);
        single = new TimeRows(sizes.Batch, sizes.Batch, workers);
    }

    /// <summary>The rows along one time.</summary>
    public TimeRows this[TimeDomain time] => time switch
    {
        TimeDomain.Main => main,
        TimeDomain.Source => source,
        _ => single,
    };

    /// <summary>The first step of the sequences that this plan holds; later ones are counted from it.</summary>
    public int FirstStep { get; private set; }

    /// <summary>Sequences of this plan.</summary>
    public int Count => main.Count;

    /// <summary>The first of them in the batch.</summary>
    public int FirstSequence => main.First;

    /// <summary>Room for the lengths of the batch's sequences.</summary>
    public int* MainLengths { get; private set; }

    /// <summary>Room for the lengths of their sources.</summary>
    public int* SourceLengths { get; private set; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        main.Carve(ref layout);
        source.Carve(ref layout);
        single.Carve(ref layout);
        MainLengths = layout.Ints(sizes.Batch);
        SourceLengths = layout.Ints(sizes.Batch);
        clipped = layout.Ints(sizes.Batch);
        ends = layout.Ints(workers);
        ones = layout.Ints(sizes.Batch);
        owners = layout.Ints(sizes.Batch);
        keys = layout.Take<long>(sizes.Batch);
        loads = layout.Take<long>(workers);
        if (!layout.IsMeasuring)
        {
            Numbers.Fill(ones, sizes.Batch, 1);
        }
    }

    /// <summary>The workers that take part: those from 0 on for which there is enough to do. Others have no rows.</summary>
    public int Workers => Parts > 1 ? Parts : active;

    /// <summary>In how many parts units are split in this pass, a worker each that has all rows: 1 if they are not, or if the pass is too
    /// short to meet in it.</summary>
    public int Parts { get; private set; }

    /// <summary>Whether a worker does what is done once for its rows: workers that split units all have the same, and one of them brings,
    /// takes and begins.</summary>
    public bool Leads(int worker) => Parts == 1 || worker == 0;

    /// <summary>The workers that are worth it for what is not cut by sequences: the deferred products.</summary>
    public int DeferredWorkers { get; private set; } = 1;

    /// <summary>The part of this plan that belongs to a worker.</summary>
    public int Part(int worker) => sizes.SplitsUnits ? 0 : worker;

    /// <summary>The rows of a worker; the same sequences along every time.</summary>
    public (int Begin, int End) Rows(int worker) => (Part(worker) is var part && part == 0 ? 0 : ends[part - 1], ends[part]);

    /// <summary>The worker of a row.</summary>
    public int WorkerOf(int row)
    {
        var worker = 0;
        while (ends[worker] <= row)
        {
            worker++;
        }

        return worker;
    }

    /// <summary>Where, along another time, the sequence of a row lies.</summary>
    public int RowIn(TimeDomain to, TimeDomain from, int row) => this[to].Row[this[from].Sequence[row]];

    /// <summary>The most sequences from <paramref name="first"/> on for which there is room; 0 if there is none even for one.</summary>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">The sequences of the batch.</param>
    /// <param name="hasSource">Whether there are sources.</param>
    public int Fitting(int first, int count, bool hasSource)
    {
        var fitting = count - first;
        while (fitting > 0 && !(
            Fits(MainLengths, first, fitting, TimeDomain.Main) && (!hasSource || Fits(SourceLengths, first, fitting, TimeDomain.Source))))
        {
            fitting /= 2;
        }

        return fitting;
    }

    /// <summary>Arranges some sequences of <see cref="MainLengths"/> and <see cref="SourceLengths"/>.</summary>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">How many.</param>
    /// <param name="hasSource">Whether there are sources.</param>
    /// <param name="firstStep">The first of the steps that are done.</param>
    /// <param name="steps">The most steps that are done.</param>
    public void Arrange(int first, int count, bool hasSource, int firstStep = 0, int steps = int.MaxValue)
    {
        FirstStep = firstStep;
        var lengths = MainLengths;
        if (firstStep > 0 || steps < int.MaxValue)
        {
            for (var i = first; i < first + count; i++)
            {
                clipped[i] = Math.Clamp(MainLengths[i] - firstStep, 0, steps);
            }

            lengths = clipped;
        }

        active = Active(lengths, first, count, hasSource);
        var isDense = AreEqual(lengths, first, count);
        var isSourceDense = !hasSource || AreEqual(SourceLengths, first, count);
        if (isDense && (isSourceDense || sizes.IsStream))
        {
            for (var worker = 0; worker < workers; worker++)
            {
                ends[worker] = (int)((long)count * Math.Min(worker + 1, active) / active);
            }

            main.SetDense(first, count, lengths[first], ends);
            single.SetDense(first, count, 1, ends);
            if (isSourceDense)
            {
                source.SetDense(first, hasSource ? count : 0, hasSource ? SourceLengths[first] : 1, ends);
                return;
            }

            // Streams stay where they are, whatever their sources.
            for (var i = 0; i < count; i++)
            {
                owners[i] = WorkerOf(i);
            }

            SetRagged(source, SourceLengths, first, count);
            return;
        }

        Deal(lengths, first, count, hasSource);
        SetRagged(main, lengths, first, count);
        new ReadOnlySpan<int>(main.Sequence, count).CopyTo(new Span<int>(single.Sequence, count));
        single.SetRagged(first, count, ones, ends);
        if (hasSource)
        {
            SetRagged(source, SourceLengths, first, count);
        }
    }

    private int Active(int* lengths, int first, int count, bool hasSource)
    {
        DeferredWorkers = sizes.Workers;
        if ((workers == 1 && !sizes.SplitsUnits) || sizes.StepCost == 0)
        {
            return workers;
        }

        var work = 0.0;
        for (var i = first; i < first + count; i++)
        {
            work += ((double)lengths[i] * sizes.StepCost) + (hasSource ? (double)SourceLengths[i] * sizes.SourceStepCost : 0);
        }

        if (sizes.SplitsUnits)
        {
            Parts = WorkCost.Parts(work, sizes.Workers);
            return workers;
        }

        DeferredWorkers = WorkCost.Workers(work, workers);
        return Math.Min(DeferredWorkers, count);
    }

    private bool Fits(int* lengths, int first, int count, TimeDomain time)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            keys[i] = lengths[first + i];
            sum += keys[i];
        }

        if (sum > sizes.PositionsOf(time))
        {
            return false;
        }

        // Most batches are of one length, and each process compiles the code of a sort anew.
        if (!AreEqual(lengths, first, count))
            new Span<long>(keys, count).Sort();
        for (var i = 0; i < count; i++)
        {
            owners[i] = (int)keys[i];
        }

        return sum + TimeRows.ExtraSlots(new ReadOnlySpan<int>(owners, count)) <= sizes.SlotsOf(time);
    }

    /// <summary>From the longest to the shortest, each to the worker that has least so far.</summary>
    private void Deal(int* lengths, int first, int count, bool hasSource)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = Key(Math.Min((long)lengths[first + i] + (hasSource ? SourceLengths[first + i] : 0), int.MaxValue), i);
        }

        new Span<long>(keys, count).Sort();
        new Span<long>(loads, workers).Clear();
        new Span<int>(ends, workers).Clear();
        for (var i = 0; i < count; i++)
        {
            var least = 0;
            for (var worker = 1; worker < active; worker++)
            {
                least = loads[worker] < loads[least] ? worker : least;
            }

            loads[least] += -(keys[i] >> 32);
            owners[Index(keys[i])] = least;
            ends[least]++;
        }

        for (var worker = 1; worker < workers; worker++)
        {
            ends[worker] += ends[worker - 1];
        }
    }

    /// <summary>The sequences of each worker from the longest to the shortest; equally long ones in their own order.</summary>
    private void SetRagged(TimeRows rows, int* lengths, int first, int count)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            var (begin, end) = (worker == 0 ? 0 : ends[worker - 1], ends[worker]);
            var next = begin;
            for (var i = 0; i < count; i++)
            {
                if (owners[i] == worker)
                {
                    keys[next++] = Key(lengths[first + i], i);
                }
            }

            new Span<long>(keys + begin, end - begin).Sort();
            for (var row = begin; row < end; row++)
            {
                rows.Sequence[row] = first + Index(keys[row]);
            }
        }

        rows.SetRagged(first, count, lengths, ends);
    }

    /// <summary>Ascending keys are descending lengths.</summary>
    private static long Key(long length, int index) => (-length << 32) | (uint)index;

    private static int Index(long key) => (int)(uint)key;

    private static bool AreEqual(int* lengths, int first, int count) =>
        !new ReadOnlySpan<int>(lengths + first, count).ContainsAnyExcept(lengths[first]);
}
