using FastRnn.Memory;

namespace FastRnn.Inference;

/// <summary>Where the positions of a batch stand in the caller's memory: time-major, or one sequence behind the other.</summary>
internal sealed unsafe class PositionMap(int batch)
{
    private int stride;

    private int* Starts { get; set; }

    public void Carve(ref ArenaLayout layout) => Starts = layout.Ints(batch);

    /// <summary><c>[T, B, ...]</c>.</summary>
    public void SetTimeMajor(int count)
    {
        stride = count;
        for (var i = 0; i < count; i++)
        {
            Starts[i] = i;
        }
    }

    /// <summary><c>[T_0 + T_1 + ..., ...]</c>.</summary>
    public void SetRagged(int count, int* lengths)
    {
        stride = 1;
        var start = 0;
        for (var i = 0; i < count; i++)
        {
            Starts[i] = start;
            start += lengths[i];
        }
    }

    /// <summary>The index of a position.</summary>
    public nint At(int sequence, int step) => Starts[sequence] + ((nint)step * stride);
}
