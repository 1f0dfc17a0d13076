using FastRnn.CompilerServices;

namespace FastRnn.Execution;

/// <summary>How many positions a run may hold at once to stay within a number of bytes. Measured for one worker: what is cut, and with it
/// the bits, must not depend on the threads.</summary>
internal static class MemoryBudget
{
    /// <summary>Into how many segments a window is cut; 0 if it is not.</summary>
    public static int Segments(RunSizes sizes)
    {
        var length = Math.Max(1, sizes.PositionsOf(TimeDomain.Main) / sizes.Batch);
        return length < sizes.Steps ? (sizes.Steps + length - 1) / length : 0;
    }

    /// <summary>The same run with room for as many positions as fit.</summary>
    /// <param name="sizes">Without a limit.</param>
    /// <param name="info">The model.</param>
    /// <param name="bytes">The budget.</param>
    /// <param name="measure">The bytes of a run.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least that is needed is more.</exception>
    public static RunSizes Limit(RunSizes sizes, ModelInfo info, long bytes, Func<RunSizes, long> measure)
    {
        sizes = sizes with { IsBudgeted = true };
        long Bytes(int positions) => measure(sizes with { Workers = 1, SplitsUnits = false, Positions = positions });

        var all = Math.Max(sizes.PositionsOf(TimeDomain.Main), sizes.PositionsOf(TimeDomain.Source));
        if (Bytes(all) <= bytes)
        {
            return sizes;
        }

        // A model that can go on where it stopped is cut in time, step by step of all rows; another one sequence by sequence.
        var canCarry = LayerStep.CanCarry(info);
        var (unit, most) = canCarry ? (sizes.Batch, sizes.Steps - 1) : (Math.Max(sizes.Steps, sizes.SourceSteps), sizes.Batch - 1);

        // More steps of tape are fewer boundaries: there is a least, and above it bytes grow.
        var (best, least) = (0, long.MaxValue);
        for (var count = 1; count <= most; count = Math.Max(count + 1, (int)(count * 1.1)))
        {
            var needed = Bytes(count * unit);
            least = Math.Min(least, needed);
            best = needed <= bytes ? count : best;
        }

        return best > 0 ? sizes with { Positions = best * unit } : throw new ArgumentOutOfRangeException(
            nameof(bytes), bytes,
            $"MemoryBytes: {info.Name} needs at least {Math.Min(least, Bytes(all))} bytes for {sizes.Batch} sequences of {sizes.Steps} "
                + $"steps.");
    }
}
