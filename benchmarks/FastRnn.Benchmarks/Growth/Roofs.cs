using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Growth;

/// <summary>The roofs of a panel.</summary>
internal static class Roofs
{
    /// <summary>Bytes of the weights of an LSTM with as many inputs as units: 4 H (H + H) floats.</summary>
    private const double BytesBySquare = 32;

    public static IEnumerable<Roof> Of(IReadOnlyList<GrowthSeries> panel, MachineProbe machine)
    {
        foreach (var series in panel)
        {
            yield return new Roof($"FMA peak, {series.Work}", "peak", [.. series.Points.Select(p => ((double)p.X, p.PeakNs))]);
        }

        if (panel[0].Work == "stream")
        {
            foreach (var (name, bandwidth) in ((string, double)[])[("L1", machine.L1), ("L2", machine.L2), ("L3", machine.L3)])
            {
                yield return new Roof(
                    $"read from {name}", name, [.. panel[0].Points.Select(p => ((double)p.X, BytesBySquare * p.X * p.X / bandwidth))]);
            }
        }
    }

    /// <summary>The H at which the weights leave a cache; none where H does not vary.</summary>
    public static IReadOnlyList<(string Cache, double H)> Leaves(IReadOnlyList<GrowthSeries> panel, MachineProbe machine) =>
        panel[0].Sweep.StartsWith('H')
            ? [("L1", Leave(machine.Caches.L1)), ("L2", Leave(machine.Caches.L2)), ("L3", Leave(machine.Caches.L3))] : [];

    private static double Leave(long bytes) => Math.Sqrt(bytes / BytesBySquare);
}
