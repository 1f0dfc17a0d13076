using System.Globalization;
using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Machine;

/// <summary>The probe in words.</summary>
internal static class ProbeText
{
    public static IEnumerable<string> Lines(MachineProbe probe)
    {
        yield return Invariant(
            $"processor: {probe.Cpu.Name} ({probe.Cpu.Folder}), {probe.Processors} processors, vectors of {probe.VectorBits} bits");
        yield return "runtime: " + RuntimeInformation.FrameworkDescription;
        yield return "FMA peak, GFLOP/s: "
            + string.Join(", ", probe.PeakGflops.Select((peak, i) => Invariant($"{peak:0} on {i + 1} core{(i == 0 ? "" : "s together")}")));
        yield return string.Create(CultureInfo.InvariantCulture,
            $"reads of one core, GB/s: L1 ({probe.Caches.L1 >> 10} KiB) {probe.L1:0}, L2 ({probe.Caches.L2 >> 10} KiB) {probe.L2:0}, "
                + $"L3 ({probe.Caches.L3 >> 20} MiB) {probe.L3:0}, memory {probe.Memory:0}");
        if (probe.Distance is { } distance)
        {
            yield return Invariant($"from one core to another and back: {distance.RoundTrip:0} ns; to write a line of 64 bytes ")
                + Invariant($"{distance.OwnWrite:0.0} ns, one that the other core has read {distance.SharedWrite:0.0} ns");
        }

        foreach (var warning in probe.Warnings)
        {
            yield return "warning: " + warning;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
