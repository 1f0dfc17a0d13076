using System.Numerics;
using System.Runtime.InteropServices;

namespace FastRnn.Memory;

/// <summary>Native blocks that arenas leave behind for the next ones, so that sessions may come and go without asking the
/// operating system. Sizes are rounded up to four classes for each power of two: at most a quarter of a block is unused. Blocks of a
/// megabyte and more go back to the system at once: to ask for one costs less than to fill it. The collector is told of all blocks in use,
/// so that models which are dropped without being disposed of are collected before they pile up.</summary>
internal sealed unsafe class ArenaPool(nint maxPooledBytes)
{
    /// <summary>Of every part of an arena; blocks themselves begin at pairs of cache lines.</summary>
    public const int Alignment = 64;

    private const int MaxBlocksPerClass = 16;
    private const nint SmallestClass = 4096;
    private const nint LargestPooled = (1 << 20) - 1;
    private readonly Lock gate = new();
    private readonly Dictionary<nint, Stack<nint>> blocks = [];
    private nint pooledBytes;

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
        var quarter = (nint)1 << (BitOperations.Log2((nuint)(bytes - 1)) - 2);
        return checked((bytes + quarter - 1) / quarter * quarter);
    }

    /// <summary>A block of <see cref="ClassOf"/> bytes, of which the first <paramref name="bytes"/> are zero.</summary>
    public byte* Rent(nint bytes)
    {
        var size = ClassOf(bytes);
        byte* block = null;
        lock (gate)
        {
            if (this.blocks.TryGetValue(size, out var stack) && stack.TryPop(out var pooled))
            {
                block = (byte*)pooled;
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
    public void Return(byte* block, nint bytes)
    {
        var size = ClassOf(bytes);
        GC.RemoveMemoryPressure(size);
        lock (gate)
        {
            if (size <= Math.Min(LargestPooled, maxPooledBytes - pooledBytes))
            {
                if (!this.blocks.TryGetValue(size, out var stack))
                    this.blocks.Add(size, stack = new Stack<nint>(MaxBlocksPerClass));
                if (stack.Count < MaxBlocksPerClass)
                {
                    stack.Push((nint)block);
                    pooledBytes += size;
                    return;
                }
            }
        }

        NativeMemory.AlignedFree(block);
    }
}
