using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Growth;

/// <summary>What varies, and what does not.</summary>
/// <param name="Axis">The name of what varies.</param>
/// <param name="Title">What is fixed.</param>
/// <param name="IsLinear">Whether the cost should grow in proportion.</param>
/// <param name="Values">Of what varies.</param>
/// <param name="Of">The workload at a value.</param>
/// <param name="Works">What is timed.</param>
internal sealed record Sweep(
    string Axis, string Title, bool IsLinear, IReadOnlyList<int> Values, Func<int, Workload> Of, IReadOnlyList<WorkKind> Works)
{
    private static readonly WorkKind[] Both = [WorkKind.Training, WorkKind.Inference];

    public static IReadOnlyList<Sweep> All { get; } =
    [
        new("T", "LSTM 128, B 32", true, [25, 50, 100, 200, 400], t => Lstm(128, 32, t), Both),
        new("B", "LSTM 128, T 50", true, [16, 32, 64, 128, 256], b => Lstm(128, b, 50), Both),
        new("layers", "LSTM 128, B 32, T 50", true, [1, 2, 3, 4], layers => Lstm(128, 32, 50) with { Layers = layers }, Both),
        new("H", "LSTM, I = H, B 32, T 50", false, [16, 32, 64, 128, 256, 512], h => Lstm(h, 32, 50), Both),
        new("H of one stream", "LSTM, I = H, B 1, a step of a block of 64", false, [16, 32, 64, 128, 256, 512, 1024], h =>
            Lstm(h, 1, 64), [WorkKind.Inference]),
        new("threads", "LSTM 256, B 64, T 50", false, [.. Enumerable.Range(1, Math.Min(Environment.ProcessorCount, 64))], n =>
            Lstm(256, 64, 50) with { Threads = n }, Both),
    ];

    private static Workload Lstm(int size, int batch, int steps) => new(CellKind.Lstm, size, size, 1, batch, steps, WorkKind.Inference, 1);
}
