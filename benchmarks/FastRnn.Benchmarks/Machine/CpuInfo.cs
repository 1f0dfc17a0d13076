using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.Benchmarks.Machine;

/// <summary>What the processor says about itself, and the name of the folder for its results: nothing else of the machine.</summary>
/// <param name="Name">As the system shows it.</param>
/// <param name="Vendor">As the system writes it: <c>GenuineIntel</c>; empty if unknown.</param>
/// <param name="Family">The family, 0 if unknown.</param>
/// <param name="Model">The model, 0 if unknown.</param>
/// <param name="InstructionSet">The widest one in use: <c>avx512</c>, <c>avx2</c>, <c>sse4</c>, <c>neon</c> or <c>scalar</c>.</param>
/// <param name="HasAvx512">Whether the processor has AVX-512, in use or not.</param>
internal sealed record CpuInfo(string Name, string Vendor, int Family, int Model, string InstructionSet, bool HasAvx512)
{
    /// <summary>Such as <c>amd-epyc-zen5-avx512</c>.</summary>
    public string Folder
    {
        get
        {
            // The brand only: what follows are model numbers or what somebody wrote there.
            var brand = Words(Name).Where(word => word is not ("r" or "tm" or "cpu" or "processor")).Take(2);
            return string.Join('-', [.. brand, Generation ?? Invariant($"family{Family}-model{Model}"), InstructionSet]);
        }
    }

    private string? Generation => (Vendor, Family, Model) switch
    {
        ("AuthenticAMD", 26, _) => "zen5",
        ("AuthenticAMD", 25, (>= 0x10 and <= 0x1F) or (>= 0x60 and <= 0xAF)) => "zen4",
        ("AuthenticAMD", 25, _) => "zen3",
        ("AuthenticAMD", 23, >= 0x30) => "zen2",
        ("AuthenticAMD", 23, _) => "zen",
        ("GenuineIntel", 6, 85) => "skylake",
        ("GenuineIntel", 6, 106 or 108) => "ice-lake",
        ("GenuineIntel", 6, 143) => "sapphire-rapids",
        ("GenuineIntel", 6, 207) => "emerald-rapids",
        ("GenuineIntel", 6, 173 or 174) => "granite-rapids",
        _ => null,
    };

    /// <summary>Reads the processor's description where the system has one.</summary>
    public static CpuInfo Read()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists("/proc/cpuinfo"))
        {
            foreach (var line in File.ReadLines("/proc/cpuinfo"))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    texts.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
                }
            }
        }

        var architecture = RuntimeInformation.ProcessArchitecture.ToString();
        return new CpuInfo(
            texts.GetValueOrDefault("model name", architecture), texts.GetValueOrDefault("vendor_id", ""), Number("cpu family"),
            Number("model"), WidestInUse(),
            texts.GetValueOrDefault("flags", "").Split(' ').Contains("avx512f"));

        int Number(string key) =>
            int.TryParse(texts.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>What the kernels use: the environment may have chosen less than there is.</summary>
    private static string WidestInUse() => SimdWidths.Resolve(SimdWidth.Auto) switch
    {
        SimdWidth.Bits512 => "avx512",
        SimdWidth.Bits256 when Avx2.IsSupported && Fma.IsSupported => "avx2",
        _ when Sse41.IsSupported => "sse4",
        _ when AdvSimd.IsSupported => "neon",
        _ => "scalar",
    };

    private static IEnumerable<string> Words(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.All(char.IsAsciiLetter));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
