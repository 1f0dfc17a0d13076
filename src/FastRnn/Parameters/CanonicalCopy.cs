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

    public CanonicalCopy(int count)
    {
        this.count = count;
        memory = GC.AllocateArray<float>(checked(Padding.RoundUp(count) + Padding.Unit), pinned: true);
        var begin = (nint)Unsafe.AsPointer(ref memory[0]);
        first = (int)((((begin + 63) & -64) - begin) / sizeof(float));
    }

    /// <summary>The numbers.</summary>
    public Span<float> Values => memory.AsSpan(first, count);

    /// <summary>Where they begin; valid while this is reachable.</summary>
    public float* Address => (float*)Unsafe.AsPointer(ref memory[first]);
}
