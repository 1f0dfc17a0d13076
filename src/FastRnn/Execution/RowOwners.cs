using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>Which worker has which sequences of a batch, and in which order they lie.</summary>
internal sealed unsafe class RowOwners(int batch, int workers)
{
    private int* owners;
    private long* keys;
    private long* loads;

    /// <summary>One past the last row of each worker.</summary>
    public int* Ends { get; private set; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Ends = layout.Ints(workers);
        owners = layout.Ints(batch);
        keys = layout.Take<long>(batch);
        loads = layout.Take<long>(workers);
    }

    /// <summary>The rows of a worker.</summary>
    public (int Begin, int End) Rows(int worker) => (worker == 0 ? 0 : Ends[worker - 1], Ends[worker]);

    /// <summary>The worker of a row.</summary>
    public int WorkerOf(int row)
    {
        var worker = 0;
        while (Ends[worker] <= row)
        {
            worker++;
        }

        return worker;
    }

    /// <summary>Neighbours, as many for each of the first workers.</summary>
    public void Share(int count, int active)
    {
        for (var (worker, sequence) = (0, 0); worker < workers; worker++)
        {
            Ends[worker] = (int)((long)count * Math.Min(worker + 1, active) / active);
            for (; sequence < Ends[worker]; sequence++)
            {
                owners[sequence] = worker;
            }
        }
    }

    /// <summary>From the longest to the shortest, each to the worker that has least so far.</summary>
    public void Deal(int* lengths, int* sourceLengths, int first, int count, int active)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = Key(Math.Min((long)lengths[first + i] + (sourceLengths == null ? 0 : sourceLengths[first + i]), int.MaxValue), i);
        }

        new Span<long>(keys, count).Sort();
        new Span<long>(loads, workers).Clear();
        new Span<int>(Ends, workers).Clear();
        for (var i = 0; i < count; i++)
        {
            var least = 0;
            for (var worker = 1; worker < active; worker++)
            {
                least = loads[worker] < loads[least] ? worker : least;
            }

            loads[least] += -(keys[i] >> 32);
            owners[Index(keys[i])] = least;
            Ends[least]++;
        }

        for (var worker = 1; worker < workers; worker++)
        {
            Ends[worker] += Ends[worker - 1];
        }
    }

    /// <summary>Lays the sequences of each worker from the longest to the shortest; equally long ones in their own order.</summary>
    public void Lay(TimeRows rows, int* lengths, int first, int count)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            var (begin, end) = Rows(worker);
            var (next, isSorted) = (begin, true);
            for (var i = 0; i < count; i++)
            {
                if (owners[i] == worker)
                {
                    keys[next] = Key(lengths[first + i], i);
                    isSorted &= next == begin || keys[next - 1] < keys[next];
                    next++;
                }
            }

            if (!isSorted)
            {
                new Span<long>(keys + begin, end - begin).Sort();
            }

            for (var row = begin; row < end; row++)
            {
                rows.Sequence[row] = first + Index(keys[row]);
            }
        }

        rows.SetRagged(first, count, lengths, Ends);
    }

    /// <summary>Rows of a state's buffer that sequences of these lengths need besides one a position.</summary>
    public long ExtraSlots(int* lengths, int first, int count, bool isSorted)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = lengths[first + i];
        }

        if (!isSorted)
        {
            new Span<long>(keys, count).Sort();
        }

        return TimeRows.ExtraSlots(new ReadOnlySpan<long>(keys, count));
    }

    /// <summary>Ascending keys are descending lengths.</summary>
    private static long Key(long length, int index) => (-length << 32) | (uint)index;

    private static int Index(long key) => (int)(uint)key;
}
