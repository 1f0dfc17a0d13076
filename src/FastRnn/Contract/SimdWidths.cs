using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastRnn;

/// <summary>The vector widths of this CPU and the choice among them.</summary>
public static class SimdWidths
{
    /// <summary>The environment variable that chooses what <see cref="SimdWidth.Auto"/> means: <c>128</c>, <c>256</c> or
    /// <c>512</c>.</summary>
    public const string EnvironmentVariable = "FASTRNN_SIMD";

    /// <summary>The widths that the CPU has, narrowest first. 128 is always among them.</summary>
    public static IReadOnlyList<SimdWidth> Available { get; } = FindAvailable();

    /// <summary>Whether this program has kernels of 256 bits: a JIT makes them for every CPU, slow ones if need be; compiled ahead of time
    /// for CPUs without such vectors they are left out.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Has256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated || RuntimeFeature.IsDynamicCodeCompiled;
    }

    /// <summary>Whether this program has kernels of 512 bits, as <see cref="Has256"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Has512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || RuntimeFeature.IsDynamicCodeCompiled;
    }

    /// <summary>Floats in a vector of <paramref name="width"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is <see cref="SimdWidth.Auto"/> or not defined.</exception>
    public static int Lanes(SimdWidth width) => width switch
    {
        SimdWidth.Bits128 => 4,
        SimdWidth.Bits256 => 8,
        SimdWidth.Bits512 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "Expected 128, 256 or 512 bits; resolve Auto first."),
    };

    /// <summary>The width to use. <see cref="SimdWidth.Auto"/> becomes what <see cref="EnvironmentVariable"/> says, or the widest
    /// of <see cref="Available"/>. A width asked for by name is taken even if the CPU lacks it: slow, but the same bits. A program that was
    /// compiled ahead of time for CPUs without it takes the next narrower one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not defined.</exception>
    /// <exception cref="InvalidOperationException">The environment variable names no width of this CPU.</exception>
    public static SimdWidth Resolve(SimdWidth width) =>
        Resolve(width, Environment.GetEnvironmentVariable(EnvironmentVariable));

    internal static SimdWidth Resolve(SimdWidth width, string? variable)
    {
        if (width == SimdWidth.Bits512 && !Has512)
            width = SimdWidth.Bits256;
        if (width == SimdWidth.Bits256 && !Has256)
            width = SimdWidth.Bits128;
        if (width is SimdWidth.Bits128 or SimdWidth.Bits256 or SimdWidth.Bits512)
            return width;
        if (width != SimdWidth.Auto)
            throw new ArgumentOutOfRangeException(nameof(width), width, "Expected Auto, Bits128, Bits256 or Bits512.");
        if (string.IsNullOrEmpty(variable))
            return Available[^1];

        var offered = "";
        foreach (var available in Available)
        {
            var bits = ((int)available).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (variable == bits)
                return available;
            offered += offered.Length == 0 ? bits : ", " + bits;
        }

        throw new InvalidOperationException(
            $"The environment variable {EnvironmentVariable} is '{variable}'; this CPU offers {offered}.");
    }

    private static SimdWidth[] FindAvailable() =>
        Vector512.IsHardwareAccelerated ? [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512]
        : Vector256.IsHardwareAccelerated ? [SimdWidth.Bits128, SimdWidth.Bits256]
        : [SimdWidth.Bits128];
}
