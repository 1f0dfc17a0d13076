using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>RTNeural's times where it is not installed: measured once on a Sapphire Rapids core with AVX-512 (xsimd, sizes at compile time,
/// -O3 -march=native -ffast-math), so a row with one of them compares two machines and says so.</summary>
internal static class PublishedRtNeural
{
    public const string Note = "published: measured on another machine";

    /// <summary>Nanoseconds of a step; null if there is no figure.</summary>
    public static double? StepNs(CellKind cell, int input, int hidden) => (cell, input, hidden) switch
    {
        (CellKind.Lstm, 1, 8) => 70,
        (CellKind.Lstm, 1, 16) => 91,
        (CellKind.Lstm, 1, 20) => 196,
        (CellKind.Lstm, 1, 24) => 174,
        (CellKind.Lstm, 1, 32) => 227,
        (CellKind.Lstm, 1, 40) => 362,
        (CellKind.Lstm, 1, 64) => 831,
        (CellKind.Lstm, 64, 128) => 4560,
        (CellKind.Gru, 1, 8) => 70,
        (CellKind.Gru, 1, 16) => 68,
        (CellKind.Gru, 1, 24) => 120,
        (CellKind.Gru, 1, 32) => 166,
        (CellKind.Gru, 1, 40) => 256,
        (CellKind.Gru, 1, 64) => 522,
        (CellKind.Gru, 40, 154) => 4320,
        _ => null,
    };
}
