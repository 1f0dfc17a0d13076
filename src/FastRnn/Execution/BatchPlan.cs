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
    private readonly RowOwners owners;
    private int active = 1;
    private int* ones;
    private int* clipped;

    public BatchPlan(RunSizes sizes)
    {
        this.sizes = sizes;
        Parts = sizes.SplitsUnits ? sizes.Workers : 1;

        // Workers that split units all do the same rows.
        workers = sizes.SplitsUnits ? 1 : sizes.Workers;
        main = new TimeRows(sizes.Batch, sizes.PositionsOf(TimeDomain.Main), workers);
        source = new TimeRows(sizes.Batch, sizes.PositionsOf(TimeDomain.Source), workers);
        single = new TimeRows(sizes.Batch, sizes.Batch, workers);
        owners = new RowOwners(sizes.Batch, workers);
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
        ones = layout.Ints(sizes.Batch);
        owners.Carve(ref layout);
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
    public (int Begin, int End) Rows(int worker) => owners.Rows(Part(worker));

    /// <summary>The worker of a row.</summary>
    public int WorkerOf(int row) => owners.WorkerOf(row);

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
        var isCut = firstStep > 0 || steps < int.MaxValue;
        if (isCut)
        {
            for (var i = first; i < first + count; i++)
            {
                clipped[i] = Math.Clamp(MainLengths[i] - firstStep, 0, steps);
            }

            lengths = clipped;
        }

        active = Active(lengths, first, count, hasSource);
        var isSourceDense = !hasSource || AreEqual(SourceLengths, first, count);
        var isShared = AreEqual(lengths, first, count) && (isSourceDense || sizes.IsStream);
        if (isShared)
        {
            owners.Share(count, active);
        }
        else
        {
            owners.Deal(lengths, hasSource ? SourceLengths : null, first, count, active);
        }

        // Each worker's rows have memory of their own. Side by side a core that fetches ahead of what it reads would take the lines of the
        // next worker's rows, which is about to write them: a step of LSTM 16 -> 32 took as long on two threads as on one.
        if (!isShared || (active > 1 && !isCut && !sizes.IsStream))
        {
            owners.Lay(main, lengths, first, count);
            new ReadOnlySpan<int>(main.Sequence, count).CopyTo(new Span<int>(single.Sequence, count));
            single.SetRagged(first, count, ones, owners.Ends);
            if (hasSource)
            {
                owners.Lay(source, SourceLengths, first, count);
            }

            return;
        }

        main.SetDense(first, count, lengths[first], owners.Ends);
        single.SetDense(first, count, 1, owners.Ends);
        if (isSourceDense)
        {
            source.SetDense(first, hasSource ? count : 0, hasSource ? SourceLengths[first] : 1, owners.Ends);
        }
        else
        {
            // Streams stay where they are, whatever their sources.
            owners.Lay(source, SourceLengths, first, count);
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
        for (var i = first; i < first + count; i++)
        {
            sum += lengths[i];
        }

        // Most batches are of one length, and each process compiles the code of a sort anew.
        return sum <= sizes.PositionsOf(time)
            && sum + owners.ExtraSlots(lengths, first, count, isSorted: AreEqual(lengths, first, count)) <= sizes.SlotsOf(time);
    }

    private static bool AreEqual(int* lengths, int first, int count) =>
        !new ReadOnlySpan<int>(lengths + first, count).ContainsAnyExcept(lengths[first]);
}
