using System.Numerics;
using System.Runtime.InteropServices;

namespace FastRnn.Memory;

/// <summary>Native blocks that arenas leave behind for the next ones, so that sessions may come and go without asking the
/// operating system. Sizes are rounded up to four classes for each power of two: at most a quarter of a block is unused. Blocks of a
/// megabyte and more come from the system as they are and go back at once: to ask for one costs less than to fill it.</summary>
/// <remarks>Models that are dropped without being disposed of are collected before they pile up: the collector is told of all blocks in
/// use, and as that alone makes it come late (after some hundred megabytes), it is called when large blocks have grown by half, less what
/// was disposed of: what .NET's own <c>HandleCollector</c> does for handles. A program whose collector is concurrent does not wait for
/// it.</remarks>
internal sealed unsafe class ArenaPool(nint maxPooledBytes)
{
    /// <summary>Of every part of an arena; blocks themselves begin at pairs of cache lines.</summary>
    public const int Alignment = 64;

    private const int MaxBlocksPerClass = 16;
    private const nint SmallestClass = 4096;
    private const nint LargestPooled = (1 << 20) - 1;
    private const nint Granularity = 64 << 10;
    private const nint LeastGrowth = 16 << 20;
    private readonly Lock gate = new();
    private readonly Dictionary<nint, FreeBlocks> blocks = [];
    private nint pooledBytes;
    private long large;
    private long growth;
    private long largeBefore;

    /// <summary>The process's pool; it keeps at most 256 MiB that are not in use.</summary>
    public static ArenaPool Shared { get; } = new(256 << 20);

    /// <summary>Bytes that are not in use at the moment.</summary>
    public nint PooledBytes
    {
        get
        {
            lock (gate)
                return pooledBytes;
        }
    }

    /// <summary>The size that a block for <paramref name="bytes"/> has.</summary>
    public static nint ClassOf(nint bytes)
    {
        if (bytes <= SmallestClass)
            return SmallestClass;
        if (bytes > LargestPooled)
            return checked((bytes + Granularity - 1) / Granularity * Granularity);
        var quarter = (nint)1 << (BitOperations.Log2((nuint)(bytes - 1)) - 2);
        return checked((bytes + quarter - 1) / quarter * quarter);
    }

    /// <summary>A block of <see cref="ClassOf"/> bytes, of which the first <paramref name="bytes"/> are zero.</summary>
    public byte* Rent(nint bytes)
    {
        var size = ClassOf(bytes);
        if (size > LargestPooled)
        {
            CollectIfGrown(size);
            var pages = PageMemory.Allocate(size, 2 * Alignment);
            Interlocked.Add(ref large, size);
            GC.AddMemoryPressure(size);
            return pages;
        }

        byte* block = null;
        lock (gate)
        {
            if (this.blocks.TryGetValue(size, out var free) && free.Count > 0)
            {
                block = (byte*)free.Addresses[--free.Count];
                pooledBytes -= size;
            }
        }

        if (block == null)
            block = (byte*)NativeMemory.AlignedAlloc((nuint)size, 2 * Alignment);
        NativeMemory.Clear(block, (nuint)bytes);
        GC.AddMemoryPressure(size);
        return block;
    }

    /// <summary>Takes back a block that <see cref="Rent"/> gave for the same <paramref name="bytes"/>.</summary>
    /// <param name="block">The block.</param>
    /// <param name="bytes">As it was asked for.</param>
    /// <param name="isForgotten">Whether nobody disposed of its owner, and the collector found it.</param>
    public void Return(byte* block, nint bytes, bool isForgotten = false)
    {
        var size = ClassOf(bytes);
        GC.RemoveMemoryPressure(size);
        if (size > LargestPooled)
        {
            Interlocked.Add(ref large, -size);
            Interlocked.Add(ref growth, isForgotten ? 0 : -size);
            PageMemory.Free(block, size);
            return;
        }

        lock (gate)
        {
            if (size <= maxPooledBytes - pooledBytes)
            {
                if (!this.blocks.TryGetValue(size, out var free))
                    this.blocks.Add(size, free = new FreeBlocks());
                if (free.Count < MaxBlocksPerClass)
                {
                    free.Addresses[free.Count++] = (nint)block;
                    pooledBytes += size;
                    return;
                }
            }
        }

        NativeMemory.AlignedFree(block);
    }

    private void CollectIfGrown(nint size)
    {
        if (Interlocked.Add(ref growth, size) > Math.Max(LeastGrowth, Volatile.Read(ref largeBefore) / 2))
        {
            Volatile.Write(ref growth, 0);
            Volatile.Write(ref largeBefore, Volatile.Read(ref large) + size);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }

    /// <summary>Blocks of one size that are not in use; the last one that came goes first, because the caches may have it still.</summary>
    private sealed class FreeBlocks
    {
        public nint[] Addresses { get; } = new nint[MaxBlocksPerClass];

        public int Count { get; set; }
    }
}
