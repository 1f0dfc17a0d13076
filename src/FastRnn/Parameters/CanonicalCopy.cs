using System.Runtime.CompilerServices;

using FastRnn.Memory;

namespace FastRnn.Parameters;

/// <summary>Numbers in managed memory that does not move, from a line of 64 bytes on and padded to whole lines: kernels take its address,
/// and users spans that keep it alive.</summary>
internal sealed unsafe class CanonicalCopy
{
    private readonly float[] memory;
    private readonly int first;
    private readonly int count;

    /// <summary>Takes memory.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="isCleared">Whether they are zero; if not, each is written before anybody reads it. To clear a large model takes half
    /// as long as to read its file.</param>
    public CanonicalCopy(int count, bool isCleared = true)
    {
        this.count = count;
        var all = checked(Padding.RoundUp(count) + Padding.Unit);
        memory = isCleared ? GC.AllocateArray<float>(all, pinned: true) : GC.AllocateUninitializedArray<float>(all, pinned: true);
        var begin = (nint)Unsafe.AsPointer(ref memory[0]);
        first = (int)((((begin + 63) & -64) - begin) / sizeof(float));
        if (!isCleared)
        {
            memory.AsSpan(0, first).Clear();
            memory.AsSpan(first + count).Clear();
        }
    }

    /// <summary>The numbers.</summary>
    public Span<float> Values => memory.AsSpan(first, count);

    /// <summary>Where they begin; valid while this is reachable.</summary>
    public float* Address => (float*)Unsafe.AsPointer(ref memory[first]);
}
