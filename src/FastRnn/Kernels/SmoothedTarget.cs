namespace FastRnn.Kernels;

/// <summary>What a softmax should put out: of a label y <c>w[y] (1 - e)</c>, and of each class c <c>w[c] e / N</c> besides.</summary>
internal readonly unsafe struct SmoothedTarget
{
    private readonly float* weights;
    private readonly double rest;
    private readonly double spread;

    /// <summary>Takes weights and smoothing of a call.</summary>
    public SmoothedTarget(in LossCall call)
    {
        weights = call.OutputNumbers;
        rest = 1 - call.LabelSmoothing;
        OfOthers = call.LabelSmoothing / call.Outputs;
        for (var c = 0; c < call.Outputs && OfOthers > 0; c++)
            spread += OfOthers * weights[c];
    }

    /// <summary><c>e / N</c>: by this the weight of each class is multiplied.</summary>
    public double OfOthers { get; }

    /// <summary>What the label has more than its class.</summary>
    public double OfLabel(int label) => weights == null ? rest : rest * weights[label];

    /// <summary>All classes together.</summary>
    public double Sum(int label) => OfLabel(label) + spread;
}
