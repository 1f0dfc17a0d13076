using System.Globalization;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>How workloads are named in tables.</summary>
internal static class Shapes
{
    public static string Batch(Workload w) => Invariant($"{Layers(w)}{Precise(w)} B{w.Batch} T{w.Steps}");

    public static string WholeStep(Workload w) =>
        Invariant($"{Layers(w)} B{w.Batch} T{(w.Lengths is null ? "" : "1..")}{w.Steps} whole step");

    public static string Stream(Workload w) =>
        Layers(w) + Precise(w) + (w.Steps == 1 ? " call" : Invariant($" block {w.Steps}"));

    private static string Precise(Workload w) => w.Precision switch
    {
        Precision.BFloat16 => " bfloat16",
        Precision.Int8 => " int8",
        _ => "",
    };

    private static string Layers(Workload w)
    {
        var cell = w.Cell == CellKind.Elman ? "Elman" : w.Cell.ToString().ToUpperInvariant();
        return Invariant($"{cell} {w.InputSize}->{w.HiddenSize}") + (w.Layers == 1 ? "" : Invariant($" x {w.Layers}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
