namespace FastRnn.Benchmarks.Peers;

/// <summary>What is timed.</summary>
internal enum WorkKind
{
    /// <summary>Forward, nothing kept for a backward pass.</summary>
    Inference,

    /// <summary>Forward and backward of the layers: dX, dWeights, dBiases.</summary>
    Training,

    /// <summary>Embedding, layers, dense, cross-entropy, backward, clipping at 5, Adam.</summary>
    WholeTrainingStep,

    /// <summary>The reference for learning.</summary>
    Learning,
}
