namespace FastRnn.Benchmarks.Peers;

/// <summary>Lengths, checked before a pointer leaves managed code.</summary>
internal static class PeerShapes
{
    /// <summary>Checks what a peer gets.</summary>
    /// <exception cref="ArgumentException">Something has the wrong length.</exception>
    public static void Check(Workload workload, PeerInput input)
    {
        Expect("layers of weights", input.Weights.Count, workload.Layers);
        var rows = workload.Gates * workload.HiddenSize;
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            var weights = input.Weights[layer];
            Expect($"weight_ih of layer {layer}", weights.WeightIh.Length, rows * workload.InputOf(layer));
            Expect($"weight_hh of layer {layer}", weights.WeightHh.Length, rows * workload.HiddenSize);
            Expect($"bias_ih of layer {layer}", weights.BiasIh.Length, rows);
            Expect($"bias_hh of layer {layer}", weights.BiasHh.Length, rows);
        }

        if (workload.Kind is WorkKind.Inference or WorkKind.Training)
        {
            Expect("x", input.X.Length, workload.Positions * workload.InputSize);
        }

        if (workload.Kind == WorkKind.WholeTrainingStep)
        {
            Expect("x", input.X.Length, WholeStepInput.Length(workload));
        }

        if (workload.Kind == WorkKind.Training)
        {
            Expect("dY", input.DY?.Length ?? 0, OutputLength(workload));
        }
    }

    /// <summary>Numbers in the last layer's outputs.</summary>
    public static int OutputLength(Workload workload) => workload.Positions * workload.HiddenSize;

    /// <summary>Zeros in the shape of a layer's weights.</summary>
    public static LayerWeights ZerosOf(Workload workload, int layer)
    {
        var rows = workload.Gates * workload.HiddenSize;
        return new LayerWeights(
            new float[rows * workload.InputOf(layer)], new float[rows * workload.HiddenSize], new float[rows], new float[rows]);
    }

    private static void Expect(string what, int got, int expected)
    {
        if (got != expected)
        {
            throw new ArgumentException($"Input of a peer, {what}: expected {expected}, got {got}.");
        }
    }
}
