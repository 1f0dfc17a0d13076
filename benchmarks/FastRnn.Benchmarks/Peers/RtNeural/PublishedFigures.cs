namespace FastRnn.Benchmarks.Peers.RtNeural;

/// <summary>What to show where RTNeural is not installed. Figures of another machine: beside a figure of this one they say an order of
/// magnitude.</summary>
internal static class PublishedFigures
{
    public const string Source =
        "RTNeural with xsimd, sizes at compile time, g++ -O3 -march=native -ffast-math, "
            + "one thread of a 2-core Sapphire Rapids with AVX-512; LSTM 1 -> 8 with a dense layer of 1";

    public static IReadOnlyList<PublishedFigure> All { get; } =
    [
        new(CellKind.Lstm, 1, 8, 70),
        new(CellKind.Lstm, 1, 16, 91),
        new(CellKind.Lstm, 1, 20, 196),
        new(CellKind.Lstm, 1, 24, 174),
        new(CellKind.Lstm, 1, 32, 227),
        new(CellKind.Lstm, 1, 40, 362),
        new(CellKind.Lstm, 1, 64, 831),
        new(CellKind.Lstm, 64, 128, 4560),
        new(CellKind.Gru, 1, 8, 70),
        new(CellKind.Gru, 1, 16, 68),
        new(CellKind.Gru, 1, 24, 120),
        new(CellKind.Gru, 1, 32, 166),
        new(CellKind.Gru, 1, 40, 256),
        new(CellKind.Gru, 1, 64, 522),
        new(CellKind.Gru, 40, 154, 4320),
    ];

    /// <summary>The figure of a workload's step; null if there is none.</summary>
    public static PublishedFigure? Of(Workload workload) =>
        workload is { Streams: true, Layers: 1, BFloat16: false }
            ? All.FirstOrDefault(f => (f.Cell, f.InputSize, f.HiddenSize) == (workload.Cell, workload.InputSize, workload.HiddenSize))
            : null;
}
