namespace FastRnn.Tests.Models;

/// <summary>The vector widths for which this project has kernels: all, unless it is built with fewer, and faster
/// (<c>-p:FastRnnWidths=512</c>). Tests ask for no others.</summary>
internal static class TestWidths
{
    /// <summary>Whatever the CPU has, narrowest first.</summary>
    public static IReadOnlyList<SimdWidth> Emitted => MixedStack.Info.Widths;

    /// <summary>Those that the CPU has: none, if it is too old for the only ones.</summary>
    public static IReadOnlyList<SimdWidth> OfCpu { get; } = [.. Emitted.Where(SimdWidths.Available.Contains)];

    /// <summary>Those that the CPU has; the narrowest if it has none of them.</summary>
    public static IReadOnlyList<SimdWidth> All { get; } = OfCpu.Count > 0 ? OfCpu : [Emitted[0]];

    /// <summary>What the others are held against.</summary>
    public static SimdWidth Narrowest => Emitted[0];

    /// <summary>A width, if there are kernels for it; else the one that a model chooses.</summary>
    public static SimdWidth Or(SimdWidth wanted) => Emitted.Contains(wanted) ? wanted : SimdWidth.Auto;
}
