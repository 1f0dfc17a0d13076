using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastRnn.CompilerServices;

/// <summary>From a width, which is a value, to the vectors of that width, which are types: the one place that tells them apart.</summary>
internal static class SimdDispatch
{
    /// <summary>Does the work with vectors of a width. Compiled ahead of time, the widths that the program has not are left out: they are
    /// constants then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(SimdWidth width, TWork work)
        where TWork : struct, ISimdWork, allows ref struct
    {
        if (SimdWidths.Has512 && width == SimdWidth.Bits512)
            work.Run<Simd512, Vector512<float>>();
        else if (SimdWidths.Has256 && width == SimdWidth.Bits256)
            work.Run<Simd256, Vector256<float>>();
        else
            work.Run<Simd128, Vector128<float>>();
    }

    /// <summary>The same for what takes no time beside products and has the same bits at every width: a native program, which holds what it
    /// may never call, has the narrowest form alone.</summary>
    public static void RunSmall<TWork>(SimdWidth width, TWork work)
        where TWork : struct, ISimdWork, allows ref struct
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
            Run(width, work);
        else
            work.Run<Simd128, Vector128<float>>();
    }
}
