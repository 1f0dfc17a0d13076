using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Micro;

/// <summary>Random numbers from -1 to 1 in memory that kernels like: 64-byte aligned, and not moved.</summary>
internal static unsafe class NativeFloats
{
    public static float* Create(int count)
    {
        var random = new Random(count);
        var floats = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        for (var i = 0; i < count; i++)
        {
            floats[i] = (random.NextSingle() * 2) - 1;
        }

        return floats;
    }
}
