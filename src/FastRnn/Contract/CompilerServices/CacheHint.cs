using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>Asks for cache lines before they are needed. Only a hint: any address may be given, and where there is no such instruction
/// nothing happens.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CacheHint
{
    /// <summary>Floats of a cache line.</summary>
    public const int LineFloats = 16;

    /// <summary>Brings a line into the first cache level.</summary>
    /// <param name="address">Any address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void First(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Brings a line into the second cache level.</summary>
    /// <param name="address">Any address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Second(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
