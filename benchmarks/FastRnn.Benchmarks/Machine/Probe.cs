using System.Globalization;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Machine;

/// <summary>Measures the machine at the vector width that the kernels use.</summary>
internal static class Probe
{
    // Of the peak of one core, when nothing else runs.
    private const double TwoCores = 1.7;
    private const int Attempts = 5;

    public static MachineProbe Run(bool quick)
    {
        var cpu = CpuInfo.Read();
        var caches = CacheSizes.Read();
        var warnings = Warnings();
        var rounds = quick ? 3 : 7;
        var width = SimdWidths.Resolve(SimdWidth.Auto);
        var processors = Environment.ProcessorCount;
        double[] peaks = processors > 1 ? [Peak(1), Peak(2)] : [Peak(1)];
        for (var again = 0; again < Attempts && peaks.Length > 1 && peaks[1] < TwoCores * peaks[0]; again++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            peaks = [Math.Max(peaks[0], Peak(1)), Math.Max(peaks[1], Peak(2))];
        }

        if (peaks.Length > 1 && peaks[1] < TwoCores * peaks[0])
        {
            warnings.Add("two cores together do not reach twice what one does: something else is at work, or they share their units");
        }

        // Well inside a level and well outside the one before. The last level may belong to many: what lies beyond it is at least 4 times
        // as large.
        return new MachineProbe(
            cpu, caches, processors, (int)width, peaks,
            Bandwidth(caches.L1 / 2), Bandwidth(caches.L2 / 2), Bandwidth(Math.Min(caches.L3 / 2, caches.L2 * 8)),
            Bandwidth(Math.Clamp(caches.L3 * 4, 128L << 20, 512L << 20)),
            processors > 1 ? CoreDistance.Measure(4 * rounds) : null, warnings);

        double Peak(int threads) => width switch
        {
            SimdWidth.Bits512 => PeakProbe.Gflops<Simd512, Vector512<float>>(threads, rounds),
            SimdWidth.Bits256 => PeakProbe.Gflops<Simd256, Vector256<float>>(threads, rounds),
            _ => PeakProbe.Gflops<Simd128, Vector128<float>>(threads, rounds),
        };

        double Bandwidth(long bytes) => width switch
        {
            SimdWidth.Bits512 => BandwidthProbe.GigabytesPerSecond<Simd512, Vector512<float>>(bytes, rounds),
            SimdWidth.Bits256 => BandwidthProbe.GigabytesPerSecond<Simd256, Vector256<float>>(bytes, rounds),
            _ => BandwidthProbe.GigabytesPerSecond<Simd128, Vector128<float>>(bytes, rounds),
        };
    }

    private static List<string> Warnings()
    {
        const string LoadFile = "/proc/loadavg";
        const string Governor = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
        var warnings = new List<string>();
        if (File.Exists(LoadFile)
            && double.TryParse(File.ReadAllText(LoadFile).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load)
            && load > 0.5)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"the load average of the last minute was {load:f1} before the run: others may have been at work"));
        }

        if (File.Exists(Governor) && File.ReadAllText(Governor).Trim() is var governor and not "performance")
        {
            warnings.Add($"the frequency governor is '{governor}': times move until it settles");
        }

        return warnings;
    }
}
