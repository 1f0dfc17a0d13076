namespace FastRnn.Benchmarks.Peers;

/// <summary>What both sides get.</summary>
/// <param name="Weights">One entry a layer.</param>
/// <param name="X">[Steps, Batch, Input]; for a whole training step what <see cref="WholeStepInput"/> says.</param>
/// <param name="DY">The gradient of the last layer's outputs, [Steps, Batch, Hidden]; null if nothing is trained.</param>
internal sealed record PeerInput(IReadOnlyList<LayerWeights> Weights, float[] X, float[]? DY);
