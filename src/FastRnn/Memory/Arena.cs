namespace FastRnn.Memory;

/// <summary>All memory of a model, a session or a trainer: one zeroed, 64-byte aligned native block from the process's pool.
/// The owner must stay reachable while its pointers are in use (<see cref="GC.KeepAlive"/>), because a forgotten arena gives its block
/// back.</summary>
internal sealed unsafe class Arena : IDisposable
{
    private readonly ArenaPool pool;
    private readonly ArenaGuard? guard = ArenaGuard.Current;
    private nint block;

    /// <summary>Measures what <paramref name="carve"/> wants, takes a block of that size, and lets <paramref name="carve"/> run again over
    /// it.</summary>
    public Arena(ArenaLayout.Carver carve)
        : this(carve, ArenaPool.Shared)
    {
    }

    internal Arena(ArenaLayout.Carver carve, ArenaPool pool)
    {
        this.pool = pool;
        Size = ArenaLayout.Measure(carve);
        this.block = (nint)(guard is null ? pool.Rent(Size) : guard.Rent(Size));
        try
        {
            ArenaLayout.Carve((byte*)this.block, Size, carve);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives back the block of an arena that was not disposed of.</summary>
    ~Arena() => Release(isForgotten: true);

    /// <summary>Bytes handed out.</summary>
    public nint Size { get; }

    /// <summary>Whether the block was given back.</summary>
    public bool IsDisposed => this.block == 0;

    /// <summary>The check with which public members of this arena's owner begin.</summary>
    /// <exception cref="ObjectDisposedException">The arena was disposed.</exception>
    public void ThrowIfDisposed(object owner) => ObjectDisposedException.ThrowIf(IsDisposed, owner);

    /// <summary>Gives the block back. Its pointers must not be used any more.</summary>
    public void Dispose()
    {
        Release(isForgotten: false);
        GC.SuppressFinalize(this);
    }

    private void Release(bool isForgotten)
    {
        var block = Interlocked.Exchange(ref this.block, 0);
        if (block == 0)
            return;
        if (guard is null)
            this.pool.Return((byte*)block, Size, isForgotten);
        else
            guard.Return((byte*)block, Size);
    }
}
