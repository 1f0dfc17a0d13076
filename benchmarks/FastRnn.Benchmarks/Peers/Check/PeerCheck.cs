namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>Compares what a peer computes for random weights with the reference in double precision.</summary>
internal static class PeerCheck
{
    /// <summary>Largest difference that is allowed: outputs are below 1, gradients of the order of 1.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>The same with weights, inputs and outputs of 8 significant bits.</summary>
    private const double BFloat16Tolerance = 2e-2;

    /// <summary>And with numbers of 8 bits and one scale.</summary>
    private const double Int8Tolerance = 5e-2;

    private const int Steps = 5;
    private const int Layers = 2;

    /// <summary>The largest difference for a precision.</summary>
    public static double Allowed(Precision precision) => precision switch
    {
        Precision.BFloat16 => BFloat16Tolerance,
        Precision.Int8 => Int8Tolerance,
        _ => Tolerance,
    };

    /// <summary>Every kind of work by every cell; and, for peers that have their sizes at compile time, streams through one
    /// layer.</summary>
    public static IEnumerable<Workload> Workloads =>
        (from cell in Enum.GetValues<CellKind>()
         from work in new (int Batch, WorkKind Kind, Precision Precision)[]
         {
             (1, WorkKind.Inference, Precision.Single), (1, WorkKind.Inference, Precision.BFloat16),
             (1, WorkKind.Inference, Precision.Int8),
             (3, WorkKind.Inference, Precision.Single), (3, WorkKind.Inference, Precision.BFloat16),
             (3, WorkKind.Inference, Precision.Int8),
             (3, WorkKind.Training, Precision.Single),
         }
         select new Workload(cell, 3, 4, Layers, work.Batch, Steps, work.Kind, Threads: 2, work.Precision))
        .Concat(
            from cell in new[] { CellKind.Lstm, CellKind.Gru }
            select new Workload(cell, 1, 8, 1, 1, Steps, WorkKind.Inference, Threads: 1));

    /// <summary>The largest difference, after two calls: a stream carries its state on.</summary>
    public static double LargestDifference(IPeer peer, Workload workload)
    {
        var input = RandomInput(workload);
        var reference = new PeerReference(workload, input);
        using var run = peer.Create(workload, input);
        run.Measure(1);
        run.Measure(1);
        var output = run.Read();
        var largest = Difference(reference.Outputs(calls: 2), output.Y.Select(value => (double)value));
        return workload.Kind != WorkKind.Training
            ? largest
            : new[]
            {
                largest,
                Difference(reference.InputGradient(), output.DX!.Select(value => (double)value)),
                Difference(reference.WeightGradients(), reference.Canonical(output.Gradients!)),
            }.Max();
    }

    private static PeerInput RandomInput(Workload workload)
    {
        var random = new Random(7);
        List<LayerWeights> weights = [];
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            var shape = PeerShapes.ZerosOf(workload, layer);
            weights.Add(new LayerWeights(
                Draw(shape.WeightIh.Length), Draw(shape.WeightHh.Length), Draw(shape.BiasIh.Length), Draw(shape.BiasHh.Length)));
        }

        return new PeerInput(
            weights,
            Draw(workload.Steps * workload.Batch * workload.InputSize),
            workload.Kind == WorkKind.Training ? Draw(PeerShapes.OutputLength(workload)) : null);

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 1.6f - 0.8f)];
    }

    private static double Difference(double[] expected, IEnumerable<double> actual)
    {
        double[] got = [.. actual];
        return got.Length == expected.Length
            ? got.Zip(expected, (a, b) => double.IsNaN(a) ? double.PositiveInfinity : Math.Abs(a - b)).Max()
            : throw new PeerException($"expected {expected.Length} numbers, got {got.Length}");
    }
}
