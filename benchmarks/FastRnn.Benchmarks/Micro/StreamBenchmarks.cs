using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Micro;

/// <summary>A sample of one stream: a call each (<c>Session.Step</c>), or 64 in a call (<c>Session.Run</c>); weights as they are, or in
/// bfloat16.</summary>
public class StreamBenchmarks : ICountsFlops
{
    private const int Samples = 1024;

    private static readonly NamedWorkloads All = new(
        from shape in (Workload[])
        [
            .. from h in (int[])[8, 16, 32, 64] select new Workload(CellKind.Lstm, 1, h, 1, 1, 1, WorkKind.Inference, 1),
            .. from h in (int[])[8, 32] select new Workload(CellKind.Gru, 1, h, 1, 1, 1, WorkKind.Inference, 1),
            new(CellKind.Lstm, 64, 128, 1, 1, 1, WorkKind.Inference, 1), new(CellKind.Gru, 40, 154, 1, 1, 1, WorkKind.Inference, 1),
            new(CellKind.Lstm, 512, 512, 1, 1, 1, WorkKind.Inference, 2),
        ]
        from steps in (int[])[1, 64]
        from rounded in shape.HiddenSize >= 128 ? (bool[])[false, true] : [false]
        select shape with { Steps = steps, Precision = rounded ? Precision.BFloat16 : Precision.Single });

    private IPeerRun run = null!;

    public static IEnumerable<string> Shapes => All.Names;

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    public double Flops(string method) => Comparison.Flops.Of(All[Shape]) / All[Shape].Steps;

    [GlobalSetup]
    public void Create() => run = All.Create(Shape);

    [GlobalCleanup]
    public void Dispose() => run.Dispose();

    [Benchmark(OperationsPerInvoke = Samples)]
    public double Sample() => run.Measure(Samples / All[Shape].Steps);
}
