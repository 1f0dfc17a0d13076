using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>Where the positions of a batch stand in the caller's memory: time-major, or one sequence behind the other.</summary>
internal sealed unsafe class PositionMap(int batch)
{
    private int stride;
    private int timeMajor;

    private int* Starts { get; set; }

    public void Carve(ref ArenaLayout layout) => Starts = layout.Ints(batch);

    /// <summary><c>[T, B, ...]</c>.</summary>
    public void SetTimeMajor(int count)
    {
        stride = timeMajor = count;
        for (var i = 0; i < count; i++)
        {
            Starts[i] = i;
        }
    }

    /// <summary><c>[T_0 + T_1 + ..., ...]</c>.</summary>
    public void SetRagged(int count, int* lengths)
    {
        (stride, timeMajor) = (1, 0);
        var start = 0;
        for (var i = 0; i < count; i++)
        {
            Starts[i] = start;
            start += lengths[i];
        }
    }

    /// <summary>Whether it is <c>[T, B, ...]</c> of so many sequences.</summary>
    public bool IsTimeMajor(int count) => timeMajor == count;

    /// <summary>The index of a position.</summary>
    public nint At(int sequence, int step) => Starts[sequence] + ((nint)step * stride);
}
