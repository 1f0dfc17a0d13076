namespace FastRnn.Memory;

/// <summary>Another way to lay out arenas, for tests: each part stands at a page that must not be touched, so that a kernel that reads or
/// writes beyond its buffer ends the process there and then. No program sets it; without it a part costs one comparison.</summary>
internal abstract unsafe class ArenaGuard
{
    /// <summary>What lays out all arenas that are made from now on; null: parts stand one behind the other.</summary>
    public static ArenaGuard? Current { get; set; }

    /// <summary>Finds the place of the next part, and guards it.</summary>
    /// <param name="origin">Where the arena begins; null while its size is measured.</param>
    /// <param name="offset">Where there is room; becomes the end of part and guard.</param>
    /// <param name="bytes">The part's size, a multiple of <see cref="ArenaPool.Alignment"/>; 0 for a part that is not used.</param>
    /// <returns>The offset of the part.</returns>
    public abstract nint Place(byte* origin, ref nint offset, nint bytes);

    /// <summary>A zeroed block.</summary>
    public abstract byte* Rent(nint bytes);

    /// <summary>Takes back what <see cref="Rent"/> gave.</summary>
    public abstract void Return(byte* block, nint bytes);
}
