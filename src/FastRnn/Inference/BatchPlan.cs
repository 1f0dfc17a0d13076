using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <summary>Who does which sequences of a batch, and where these lie along each time. Workers get whole sequences, about the same number of steps each; nobody waits
/// for anybody in a pass. What a sequence's row is changes no bit of any result.</summary>
internal sealed unsafe class BatchPlan(int batch, int steps, int sourceSteps, int workers)
{
    private readonly DomainRows main = new(batch, steps);
    private readonly DomainRows source = new(batch, sourceSteps);
    private readonly DomainRows single = new(batch, 1);
    private int* ends;
    private int* ones;
    private long* keys;
    private long* loads;
    private int* owners;

    /// <summary>The rows along one time.</summary>
    public DomainRows this[TimeDomain domain] => domain switch
    {
        TimeDomain.Main => main,
        TimeDomain.Source => source,
        _ => single,
    };

    /// <summary>Sequences of this batch.</summary>
    public int Count => main.Count;

    /// <summary>Room for the lengths of the sequences.</summary>
    public int* MainLengths { get; private set; }

    /// <summary>Room for the lengths of the sources.</summary>
    public int* SourceLengths { get; private set; }

    public void Carve(ref ArenaLayout layout)
    {
        main.Carve(ref layout);
        source.Carve(ref layout);
        single.Carve(ref layout);
        MainLengths = layout.Ints(batch);
        SourceLengths = layout.Ints(batch);
        ends = layout.Ints(workers);
        ones = layout.Ints(batch);
        owners = layout.Ints(batch);
        keys = layout.Take<long>(batch);
        loads = layout.Take<long>(workers);
        for (var i = 0; i < batch && !layout.IsMeasuring; i++)
        {
            ones[i] = 1;
        }
    }

    /// <summary>The rows of a worker; the same sequences along every time.</summary>
    public RowRange Rows(int worker) => new(worker == 0 ? 0 : ends[worker - 1], ends[worker]);

    /// <summary>Arranges the sequences of <see cref="MainLengths"/> and <see cref="SourceLengths"/>.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="hasSource">Whether there are sources.</param>
    public void Arrange(int count, bool hasSource)
    {
        var isDense = AreEqual(MainLengths, count) && (!hasSource || AreEqual(SourceLengths, count));
        if (isDense)
        {
            main.SetDense(count, MainLengths[0]);
            single.SetDense(count, 1);
            source.SetDense(hasSource ? count : 0, hasSource ? SourceLengths[0] : 1);
            for (var worker = 0; worker < workers; worker++)
            {
                ends[worker] = (int)((long)count * (worker + 1) / workers);
            }

            return;
        }

        Deal(count, hasSource);
        for (var worker = 0; worker < workers; worker++)
        {
            Sort(main.Sequence, worker, MainLengths, count);
            if (hasSource)
            {
                Sort(source.Sequence, worker, SourceLengths, count);
            }
        }

        main.SetRagged(count, MainLengths);
        new ReadOnlySpan<int>(main.Sequence, count).CopyTo(new Span<int>(single.Sequence, count));
        single.SetRagged(count, ones);
        if (hasSource)
        {
            source.SetRagged(count, SourceLengths);
        }
    }

    /// <summary>From the longest to the shortest, each to the worker that has least so far.</summary>
    private void Deal(int count, bool hasSource)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = Key(Math.Min((long)MainLengths[i] + (hasSource ? SourceLengths[i] : 0), int.MaxValue), i);
        }

        new Span<long>(keys, count).Sort();
        new Span<long>(loads, workers).Clear();
        new Span<int>(ends, workers).Clear();
        for (var i = 0; i < count; i++)
        {
            var least = 0;
            for (var worker = 1; worker < workers; worker++)
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

    /// <summary>The sequences of a worker from the longest to the shortest; equally long ones in their own order.</summary>
    private void Sort(int* sequences, int worker, int* lengths, int count)
    {
        var (begin, end) = Rows(worker);
        var next = begin;
        for (var i = 0; i < count; i++)
        {
            if (owners[i] == worker)
            {
                keys[next++] = Key(lengths[i], i);
            }
        }

        new Span<long>(keys + begin, end - begin).Sort();
        for (var row = begin; row < end; row++)
        {
            sequences[row] = Index(keys[row]);
        }
    }

    /// <summary>Ascending keys are descending lengths.</summary>
    private static long Key(long length, int index) => (-length << 32) | (uint)index;

    private static int Index(long key) => (int)(uint)key;

    private static bool AreEqual(int* lengths, int count) => !new ReadOnlySpan<int>(lengths, count).ContainsAnyExcept(lengths[0]);
}
