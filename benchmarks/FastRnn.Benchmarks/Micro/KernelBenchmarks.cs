using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Micro;

/// <summary>The generated forward kernels without a tape: by cell, size, rows and vector width. One thread, 16 steps.</summary>
public class KernelBenchmarks : ICountsFlops
{
    private static readonly NamedWorkloads All = new(
        from shape in (Workload[])
        [
            new(CellKind.Lstm, 16, 32, 1, 1, 16, WorkKind.Inference, 1), new(CellKind.Lstm, 128, 128, 1, 1, 16, WorkKind.Inference, 1),
            new(CellKind.Gru, 256, 256, 1, 1, 16, WorkKind.Inference, 1),
        ]
        from rows in (int[])[1, 2, 6, 64]
        select shape with { Batch = rows });

    private IPeerRun run = null!;

    public static IEnumerable<string> Shapes => All.Names;

    public static IEnumerable<SimdWidth> Widths => SimdWidths.Available;

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    [ParamsSource(nameof(Widths))]
    public SimdWidth Width { get; set; }

    public double Flops(string method) => Comparison.Flops.Of(All[Shape]);

    [GlobalSetup]
    public void Create()
    {
        Micro.Widths.Choose(Width);
        run = All.Create(Shape);
    }

    [GlobalCleanup]
    public void Dispose() => run.Dispose();

    [Benchmark]
    public double Forward() => run.Measure(1);
}
