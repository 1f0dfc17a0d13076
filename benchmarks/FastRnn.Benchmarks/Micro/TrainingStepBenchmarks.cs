using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Micro;

/// <summary>A whole training step (<c>Trainer.Step</c>): embedding, layers, dense 65, cross-entropy, backward, clipping, Adam.</summary>
public class TrainingStepBenchmarks : ICountsFlops
{
    private static readonly NamedWorkloads All = new(
        from shape in (Workload[])
        [
            new(CellKind.Lstm, 16, 32, 1, 32, 50, WorkKind.WholeTrainingStep, 1, Vocabulary: 65),
            new(CellKind.Elman, 64, 256, 1, 64, 50, WorkKind.WholeTrainingStep, 1, Vocabulary: 65),
            new(CellKind.Lstm, 64, 128, 2, 64, 50, WorkKind.WholeTrainingStep, 1, Vocabulary: 65),
            new(CellKind.Gru, 64, 256, 2, 64, 50, WorkKind.WholeTrainingStep, 1, Vocabulary: 65),
            new(CellKind.Lstm, 64, 512, 2, 64, 50, WorkKind.WholeTrainingStep, 1, Vocabulary: 65),
        ]
        from threads in (int[])[1, 2]
        select shape with { Threads = threads });

    private IPeerRun run = null!;

    public static IEnumerable<string> Shapes => All.Names;

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    public double Flops(string method) => Comparison.Flops.Of(All[Shape]);

    [GlobalSetup]
    public void Create() => run = All.Create(Shape);

    [GlobalCleanup]
    public void Dispose() => run.Dispose();

    [Benchmark]
    public double Step() => run.Measure(1);
}
