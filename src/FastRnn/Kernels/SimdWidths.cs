using System.Runtime.Intrinsics;

namespace FastRnn.Kernels;

/// <summary>The vector widths of this CPU and the choice among them.</summary>
public static class SimdWidths
{
    /// <summary>The environment variable that chooses what <see cref="SimdWidth.Auto"/> means: <c>128</c>, <c>256</c> or <c>512</c>.</summary>
    public const string EnvironmentVariable = "FASTRNN_SIMD";

    /// <summary>The widths that the CPU has, narrowest first. 128 is always among them.</summary>
    public static IReadOnlyList<SimdWidth> Available { get; } = FindAvailable();

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
    /// of <see cref="Available"/>. A width asked for by name is taken even if the CPU lacks it: slow, but the same bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not defined.</exception>
    /// <exception cref="InvalidOperationException">The environment variable names no width of this CPU.</exception>
    public static SimdWidth Resolve(SimdWidth width) =>
        Resolve(width, Environment.GetEnvironmentVariable(EnvironmentVariable));

    internal static SimdWidth Resolve(SimdWidth width, string? variable)
    {
        if (width is SimdWidth.Bits128 or SimdWidth.Bits256 or SimdWidth.Bits512)
            return width;
        if (width != SimdWidth.Auto)
            throw new ArgumentOutOfRangeException(nameof(width), width, "Expected Auto, Bits128, Bits256 or Bits512.");
        if (string.IsNullOrEmpty(variable))
            return Available[^1];

        foreach (var available in Available)
        {
            if (variable == ((int)available).ToString(System.Globalization.CultureInfo.InvariantCulture))
                return available;
        }

        throw new InvalidOperationException(
            $"The environment variable {EnvironmentVariable} is '{variable}'; this CPU offers {string.Join(", ", Available.Select(w => (int)w))}.");
    }

    private static SimdWidth[] FindAvailable() =>
        Vector512.IsHardwareAccelerated ? [SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512]
        : Vector256.IsHardwareAccelerated ? [SimdWidth.Bits128, SimdWidth.Bits256]
        : [SimdWidth.Bits128];
}
