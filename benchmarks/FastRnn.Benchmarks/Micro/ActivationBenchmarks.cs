using BenchmarkDotNet.Attributes;

using FastRnn.Benchmarks.Activations;

namespace FastRnn.Benchmarks.Micro;

/// <summary>An element of a function of cells, over an array in the first cache level.</summary>
public class ActivationBenchmarks
{
    private readonly float[] y = new float[SpanRun.Count];
    private float[] x = [];
    private SpanFunction apply = null!;

    public static IEnumerable<string> Functions => MeasuredFunction.All.Select(function => function.Name);

    public static IEnumerable<SimdWidth> Widths => SimdWidths.Available;

    [ParamsSource(nameof(Functions))]
    public string Function { get; set; } = "";

    [ParamsSource(nameof(Widths))]
    public SimdWidth Width { get; set; }

    [GlobalSetup]
    public void Create()
    {
        var function = MeasuredFunction.All.Single(one => one.Name == Function);
        x = SpanRun.Input(function.From);
        apply = function.Ours(Width);
    }

    [Benchmark(OperationsPerInvoke = SpanRun.Count)]
    public void Apply() => apply(x, y);
}
