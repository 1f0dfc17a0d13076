using System.Globalization;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static string Time(double? ns) => ns switch
    {
        null => "-",
        < 1e3 => Invariant($"{ns:0.0} ns"),
        < 1e6 => Invariant($"{ns / 1e3:0.00} us"),
        < 1e9 => Invariant($"{ns / 1e6:0.00} ms"),
        _ => Invariant($"{ns / 1e9:0.00} s"),
    };

    public static string Bytes(double bytes) => bytes switch
    {
        < 1024 => Invariant($"{bytes:0} B"),
        < 1 << 20 => Invariant($"{bytes / 1024:0.#} KiB"),
        _ => Invariant($"{bytes / (1 << 20):0.#} MiB"),
    };

    /// <summary>Whether a goal is met.</summary>
    public static string YesNo(bool isMet) => isMet ? "yes" : "NO";

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
