using FastRnn.Testing;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>A workload in double precision by the cells' own equations, and its gradients by finite differences.</summary>
internal sealed class PeerReference
{
    private readonly Workload workload;
    private readonly ModelInfo info;
    private readonly double[] parameters;
    private readonly double[] x;
    private readonly double[] dY;

    public PeerReference(Workload workload, PeerInput input)
    {
        this.workload = workload;
        info = (workload.Cell, workload.Layers) switch
        {
            (CellKind.Lstm, 1) => CheckStreamLstm.Info,
            (CellKind.Gru, 1) => CheckStreamGru.Info,
            (CellKind.Lstm, _) => CheckLstm.Info,
            (CellKind.Gru, _) => CheckGru.Info,
            _ => CheckElman.Info,
        };
        parameters = [.. input.Weights.SelectMany(layer => Canonical(layer, sums: true))];
        x = [.. input.X.Select(value => (double)value)];
        dY = [.. (input.DY ?? []).Select(value => (double)value)];
    }

    /// <summary>The outputs of one call after another, the state carried on if the workload streams; the last call's.</summary>
    public double[] Outputs(int calls)
    {
        double[][][][]? states = null;
        ReferenceResult result;
        do
        {
            result = new ReferenceModel(info, parameters).Run(Nested(x), states);
            states = workload.Streams ? result.States : null;
        }
        while (--calls > 0);
        return [.. result.Outputs.SelectMany(step => step.SelectMany(row => row))];
    }

    /// <summary>The gradient of the input.</summary>
    public double[] InputGradient() =>
        [.. Enumerable.Range(0, x.Length).Select(i => FiniteDifferences.Partial(at => Product(parameters, at), x, i))];

    /// <summary>The gradients of the weights in canonical order.</summary>
    public double[] WeightGradients() =>
        [.. Enumerable.Range(0, parameters.Length).Select(i => FiniteDifferences.Partial(at => Product(at, x), parameters, i))];

    /// <summary>A peer's gradients in canonical order.</summary>
    public double[] Canonical(IReadOnlyList<LayerWeights> gradients) => [.. gradients.SelectMany(layer => Canonical(layer, sums: false))];

    /// <summary>The order of the cells' fields: matrices of the input, of the state, biases. Our cells have the sum of the two biases, and
    /// so that sum's gradient; only the bias of the GRU's n within the reset stands alone.</summary>
    private IEnumerable<double> Canonical(LayerWeights layer, bool sums)
    {
        var inSum = workload.Cell == CellKind.Gru ? 2 * workload.HiddenSize : layer.BiasIh.Length;
        var biases = layer.BiasIh.Select((value, i) => sums && i < inSum ? (double)value + layer.BiasHh[i] : value);
        return layer.WeightIh.Concat(layer.WeightHh).Select(value => (double)value)
            .Concat(biases).Concat(layer.BiasHh.Skip(inSum).Select(value => (double)value));
    }

    /// <summary>The outputs' product with dY: its gradients are what a backward pass makes of dY.</summary>
    private double Product(double[] atParameters, double[] atX) =>
        new ReferenceModel(info, atParameters).Run(Nested(atX)).Outputs.SelectMany(step => step.SelectMany(row => row))
            .Zip(dY, (y, d) => y * d).Sum();

    private double[][][] Nested(double[] values) =>
        [.. values.Chunk(workload.Batch * workload.InputSize).Select(step => step.Chunk(workload.InputSize).ToArray())];
}
