using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Inference;

/// <summary>Where the sequences of a batch lie along one time: each has a row, and the rows of a worker are sorted from the longest to the shortest, so that
/// the ones that still run are always the first.</summary>
internal sealed unsafe class DomainRows(int batch, int steps)
{
    private SequencePlace* places;
    private bool isDense;
    private int denseSteps;

    /// <summary>Rows of a step of every buffer.</summary>
    public int Batch { get; } = batch;

    /// <summary>The largest T.</summary>
    public int MaxSteps { get; } = steps;

    /// <summary>The sequence of each row.</summary>
    public int* Sequence { get; private set; }

    /// <summary>The row of each sequence.</summary>
    public int* Row { get; private set; }

    /// <summary>The length of each row.</summary>
    public int* Length { get; private set; }

    /// <summary>Sequences of this batch.</summary>
    public int Count { get; private set; }

    /// <summary>All positions of this batch.</summary>
    public long Positions { get; private set; }

    public void Carve(ref ArenaLayout layout)
    {
        Sequence = layout.Ints(Batch);
        Row = layout.Ints(Batch);
        Length = layout.Ints(Batch);
        Starts = layout.Take<long>(Batch);
        places = layout.Take<SequencePlace>(checked((nint)Batch * MaxSteps));
    }

    /// <summary>All sequences are equally long: each has the row of its own number.</summary>
    public void SetDense(int count, int steps)
    {
        (isDense, denseSteps, Count, Positions) = (true, steps, count, (long)count * steps);
        for (var row = 0; row < count; row++)
        {
            (Sequence[row], Row[row], Length[row]) = (row, row, steps);
        }
    }

    /// <summary>Gives rows to sequences: <see cref="Sequence"/> is set, the rest follows.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="lengths">The length of each sequence.</param>
    public void SetRagged(int count, int* lengths)
    {
        (isDense, Count, Positions) = (false, count, 0);
        for (var row = 0; row < count; row++)
        {
            Row[Sequence[row]] = row;
            Length[row] = lengths[Sequence[row]];
        }

        for (var sequence = 0; sequence < count; sequence++)
        {
            Starts[sequence] = Positions;
            for (var step = 0; step < lengths[sequence]; step++)
            {
                places[Positions++] = new SequencePlace { Step = step, Row = Row[sequence] };
            }
        }
    }

    /// <summary>The order of all sums over positions: sequences outer, steps inner.</summary>
    public SumOrder Order => isDense ? new SumOrder(denseSteps, Count) : new SumOrder(places, Positions);

    /// <summary>The part of one sequence in <see cref="Order"/>.</summary>
    public SumOrder OrderOf(int sequence) =>
        isDense ? new SumOrder(denseSteps, 1, sequence) : new SumOrder(places + Starts[sequence], Length[Row[sequence]]);

    /// <summary>Where each sequence begins in <see cref="Order"/>.</summary>
    private long* Starts { get; set; }
}
