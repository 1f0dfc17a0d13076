using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>Where the sequences of a batch lie along one time. Sequences of one length may lie side by side, <c>[T, B]</c>. Otherwise each
/// worker has its own from the longest to the shortest, one block of memory for each <see cref="Segment"/>: a buffer holds what is there
/// and no padding.</summary>
internal sealed unsafe class TimeRows(int batch, int positions, int workers)
{
    private const int WindowStride = 32;

    private readonly int[] segmentEnds = new int[workers];

    /// <summary>For each worker: the first step that its operations look at, how many they look at at most (0 stands for all of them), and
    /// whether they look for a later time.</summary>
    private readonly int[] windows = new int[workers * WindowStride];
    private SequencePlace* places;
    private int* starts;
    private int* tables;

    /// <summary>Of each row the first of its worker's tables; of a row without a step the slot of its state.</summary>
    private int* tableOf;
    private int steps;

    /// <summary>The sequence of each row.</summary>
    public int* Sequence { get; private set; }

    /// <summary>The row of each sequence of the batch.</summary>
    public int* Row { get; private set; }

    /// <summary>The length of each row.</summary>
    public int* Length { get; private set; }

    /// <summary>Blocks of steps, worker after worker, each from its first step to its last.</summary>
    public Segment* Segments { get; private set; }

    /// <summary>Sequences that are here.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them in the batch.</summary>
    public int First { get; private set; }

    /// <summary>All positions.</summary>
    public long Positions { get; private set; }

    /// <summary>Whether all sequences are equally long.</summary>
    public bool IsDense { get; private set; }

    /// <summary>The first step that a worker's operations look at, and from which its rows are counted: 0, unless the layers of a
    /// <see cref="FeedingLoop"/> go step by step.</summary>
    public int FirstOf(int worker) => windows[worker * WindowStride];

    /// <summary>How many steps of a row they look at.</summary>
    public int StepsOf(int worker, int row)
    {
        var most = windows[(worker * WindowStride) + 1];
        return most == 0 ? Length[row] : Math.Clamp(Length[row] - FirstOf(worker), 0, most);
    }

    /// <summary>Whether they look at their sequences for the first time in a pass.</summary>
    public bool IsFirstLook(int worker) => windows[(worker * WindowStride) + 2] == 0;

    /// <summary>A worker's operations look at one step only.</summary>
    public void Focus(int worker, int step, bool isFirstLook)
    {
        var window = windows.AsSpan(worker * WindowStride);
        (window[0], window[1], window[2]) = (step, 1, isFirstLook ? 0 : 1);
    }

    /// <summary>They look at all steps again.</summary>
    public void Release(int worker) => windows.AsSpan(worker * WindowStride, 3).Clear();

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        Sequence = layout.Ints(batch);
        Row = layout.Ints(batch);
        Length = layout.Ints(batch);
        tableOf = layout.Ints(batch);
        starts = layout.Ints(batch);
        Segments = layout.Take<Segment>(batch + workers);
        tables = layout.Ints(checked((nint)positions * TablesPerStep));
        places = layout.Take<SequencePlace>(positions);
    }

    /// <summary>The segments of a worker: from the first to before the last.</summary>
    public (int Begin, int End) SegmentsOf(int worker) => (worker == 0 ? 0 : segmentEnds[worker - 1], segmentEnds[worker]);

    /// <summary>All sequences are equally long: each has the row of its own number.</summary>
    public void SetDense(int first, int count, int steps, int* ends)
    {
        if ((IsDense, First, Count, this.steps) != (true, first, count, steps))
        {
            (IsDense, First, Count, this.steps, Positions) = (true, first, count, steps, (long)count * steps);
            for (var row = 0; row < count; row++)
            {
                (Sequence[row], Row[first + row], Length[row]) = (first + row, row, steps);
            }
        }

        // How many workers share the rows may change with the steps along another time.
        for (var (worker, segment) = (0, 0); worker < workers; worker++)
        {
            var begin = worker == 0 ? 0 : ends[worker - 1];
            if (begin < ends[worker] && steps > 0)
            {
                Segments[segment++] = new Segment { To = steps, Batch = count, RowBegin = begin, RowEnd = ends[worker] };
            }

            segmentEnds[worker] = segment;
        }
    }

    /// <summary>Gives places to sequences of any lengths: <see cref="Sequence"/> is set, each worker's from the longest to the shortest;
    /// the rest follows.</summary>
    /// <param name="first">The first sequence of the batch.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="lengths">The length of each sequence of the batch.</param>
    /// <param name="ends">One past the last row of each worker.</param>
    public void SetRagged(int first, int count, int* lengths, int* ends)
    {
        (IsDense, First, Count, Positions) = (false, first, count, 0);
        for (var row = 0; row < count; row++)
        {
            Row[Sequence[row]] = row;
            Length[row] = lengths[Sequence[row]];
            Positions += Length[row];
        }

        var (segment, position, slot, table) = (0, 0, 0, 0);
        for (var worker = 0; worker < workers; worker++)
        {
            var begin = worker == 0 ? 0 : ends[worker - 1];
            Numbers.Fill(tableOf + begin, ends[worker] - begin, table);
            for (var (from, end) = (0, ends[worker]); ; segment++)
            {
                while (end > begin && Length[end - 1] <= from)
                {
                    end--;
                }

                if (end == begin)
                {
                    break;
                }

                var (to, rows) = (Length[end - 1], end - begin);
                Segments[segment] =
                    new Segment { From = from, To = to, Batch = rows, RowEnd = rows, FirstRow = begin, Position = position, Slot = slot };
                for (var t = from; t < to; t++, table++)
                {
                    tables[(table * TablesPerStep) + Plain] = position - begin;
                    tables[(table * TablesPerStep) + Before] = slot - begin;
                    tables[(table * TablesPerStep) + After] = slot + rows - begin;
                    position += rows;
                    slot += rows;
                }

                slot += rows;
                from = to;
            }

            segmentEnds[worker] = segment;
        }

        // A sequence without a step is in no segment, and has a state all the same: its first one is its last.
        for (var row = 0; row < count; row++)
        {
            if (Length[row] == 0)
            {
                tableOf[row] = slot++;
            }
        }

        FillPlaces();
    }

    /// <summary>Rows of a state's buffer that sequences of these lengths need besides one a position, whichever worker computes
    /// them.</summary>
    /// <param name="sorted">The lengths, ascending.</param>
    public static long ExtraSlots(ReadOnlySpan<long> sorted)
    {
        var extra = 0L;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] == 0)
            {
                extra++;
            }
            else if (i == 0 || sorted[i] != sorted[i - 1])
            {
                extra += sorted.Length - i;
            }
        }

        return extra;
    }

    /// <summary>The order of all sums over positions: sequences outer, steps inner.</summary>
    public SumOrder Order => IsDense ? new SumOrder(steps, Count) : new SumOrder(places, Positions);

    /// <summary>The part of one sequence of the batch in <see cref="Order"/>.</summary>
    public SumOrder OrderOf(int sequence) =>
        IsDense ? new SumOrder(steps, 1, Row[sequence]) : new SumOrder(places + starts[sequence], Length[Row[sequence]]);

    /// <summary>Numbers of a step among what <see cref="Order"/> says of a place, for arrays with one number a position.</summary>
    public int StepStride => IsDense ? Count : 0;

    /// <summary>Rows of a buffer with one row a position.</summary>
    public SequenceRows Rows(float* buffer, int stride, int worker) => Rows(buffer, stride, worker, Plain, 0);

    /// <summary>What states were before each step.</summary>
    public SequenceRows BeforeSteps(float* states, int stride, int worker) => Rows(states, stride, worker, Before, 0);

    /// <summary>What states are after each step: the outputs, if these are the first ones.</summary>
    public SequenceRows AfterSteps(float* states, int stride, int worker) => Rows(states, stride, worker, After, Count);

    /// <summary>Where a row's state is before step <paramref name="t"/>, or after the last one, in rows of its buffer.</summary>
    public int SlotOf(int row, int t) => IsDense ? (t * Count) + row
        : Length[row] == 0 ? tableOf[row]
        : t == 0 ? tables[(tableOf[row] * TablesPerStep) + Before] + row
        : tables[((tableOf[row] + t - 1) * TablesPerStep) + After] + row;

    /// <summary>Where a row's step stands in a buffer with one row a position.</summary>
    public int PositionOf(int row, int t) => IsDense ? (t * Count) + row : tables[((tableOf[row] + t) * TablesPerStep) + Plain] + row;

    private const int TablesPerStep = 3;
    private const int Plain = 0;
    private const int Before = 1;
    private const int After = 2;

    private SequenceRows Rows(float* buffer, int stride, int worker, int kind, int firstRows)
    {
        if (IsDense)
        {
            nint first = firstRows + ((nint)FirstOf(worker) * Count);
            return new SequenceRows(buffer + (first * stride), (nint)Count * stride, stride);
        }

        var (begin, end) = SegmentsOf(worker);
        var table = begin == end ? null : tables + ((nint)(tableOf[Segments[begin].FirstRow] + FirstOf(worker)) * TablesPerStep) + kind;
        return new SequenceRows(buffer, kind == Plain ? 0 : stride, stride, kind == After ? stride : 0, table);
    }

    private void FillPlaces()
    {
        var next = places;
        for (var sequence = First; sequence < First + Count; sequence++)
        {
            var row = Row[sequence];
            starts[sequence] = (int)(next - places);
            for (var t = 0; t < Length[row]; t++, next++)
            {
                var table = tables + ((nint)(tableOf[row] + t) * TablesPerStep);
                *next = new SequencePlace
                {
                    Row = table[Plain] + row,
                    Step = table[Before] - table[Plain],
                    Segment = table[After] - table[Before]
                };
            }
        }
    }
}
