using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Micro;

/// <summary>The recorded forward pass of a layer (<c>Bptt.Forward</c>) and its backward pass, deferred products included
/// (<c>Bptt.Backward</c>). A backward pass uses its tape up, so each has a forward pass before it that is not timed.</summary>
public class PassBenchmarks : ICountsFlops
{
    private static readonly NamedWorkloads All = new(
        from shape in (Workload[])
        [
            new(CellKind.Lstm, 16, 32, 1, 32, 50, WorkKind.Training, 1),
            .. from h in (int[])[128, 256, 512] select new Workload(CellKind.Lstm, h, h, 1, 64, 50, WorkKind.Training, 1),
            new(CellKind.Gru, 256, 256, 1, 64, 50, WorkKind.Training, 1),
        ]
        from threads in (int[])[1, 2]
        select shape with { Threads = threads });

    private ITrainingPasses passes = null!;

    public static IEnumerable<string> Shapes => All.Names;

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>Backward are two products as large as the one of the forward pass: dX and dh, and the gradients of weights.</summary>
    public double Flops(string method) =>
        Comparison.Flops.Of(All[Shape] with { Kind = WorkKind.Inference }) * (method == nameof(Backward) ? 2 : 1);

    [GlobalSetup]
    public void Create() => passes = (ITrainingPasses)All.Create(Shape);

    [GlobalCleanup]
    public void Dispose() => passes.Dispose();

    [IterationSetup(Target = nameof(Backward))]
    public void Record() => passes.Forward();

    [Benchmark]
    public void Forward() => passes.Forward();

    [Benchmark]
    public void Backward() => passes.Backward();
}
