namespace FastRnn.Memory;

/// <summary>Hands out the parts of an arena one after the other. The same code runs twice: first over nothing, to learn how many
/// bytes it wants (every pointer is null then), and again over the arena of that size. So the size and the parts cannot disagree.</summary>
internal unsafe struct ArenaLayout
{
    private readonly byte* origin;
    private readonly nint size;
    private nint offset;

    private ArenaLayout(byte* memory, nint size)
    {
        origin = memory;
        this.size = size;
    }

    /// <summary>Writes down where the parts are.</summary>
    public delegate void Carver(ref ArenaLayout layout);

    /// <summary>Whether this pass only measures: pointers are null and must not be followed.</summary>
    public readonly bool IsMeasuring => origin == null;

    /// <summary>Zeroed room for <paramref name="count"/> floats, 64-byte aligned.</summary>
    public float* Floats(nint count) => Take<float>(count);

    /// <summary>Zeroed room for <paramref name="count"/> integers, 64-byte aligned.</summary>
    public int* Ints(nint count) => Take<int>(count);

    /// <summary>Zeroed room for <paramref name="count"/> bytes, 64-byte aligned.</summary>
    public byte* Bytes(nint count) => Take<byte>(count);

    /// <summary>Zeroed room for <paramref name="count"/> elements, 64-byte aligned.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OverflowException">The sizes do not fit the address space.</exception>
    public T* Take<T>(nint count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bytes = AlignUp(checked(count * sizeof(T)), ArenaPool.Alignment);
        var begin = ArenaGuard.Current is { } guard ? guard.Place(origin, ref offset, bytes) : Advance(bytes);
        var part = origin == null ? null : origin + begin;
        if (origin != null && offset > this.size)
            throw new InvalidOperationException(
                $"The second pass over the layout wants {offset} bytes or more, the first measured {this.size}.");
        return (T*)part;
    }

    /// <summary>Moves to a pair of cache lines of its own (prefetchers fetch pairs): before and after what one worker writes.</summary>
    public void SeparateWorkers() => offset = AlignUp(offset, 2 * ArenaPool.Alignment);

    /// <summary>The bytes that <paramref name="carve"/> wants.</summary>
    public static nint Measure(Carver carve)
    {
        var layout = new ArenaLayout(null, 0);
        carve(ref layout);
        return layout.offset;
    }

    internal static void Carve(byte* memory, nint size, Carver carve)
    {
        var layout = new ArenaLayout(memory, size);
        carve(ref layout);
        if (layout.offset != size)
            throw new InvalidOperationException($"The second pass over the layout wants {layout.offset} bytes, the first measured {size}.");
    }

    private nint Advance(nint bytes)
    {
        var begin = offset;
        offset = checked(begin + bytes);
        return begin;
    }

    private static nint AlignUp(nint value, int alignment) => checked(value + alignment - 1) & -alignment;
}
