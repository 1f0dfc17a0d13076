namespace FastRnn.Benchmarks.Peers;

/// <summary>What a peer computed in its last iteration.</summary>
/// <param name="Y">Outputs of the last layer, [Steps, Batch, Hidden].</param>
/// <param name="DX">Gradient of the input, [Steps, Batch, Input]; null for inference.</param>
/// <param name="Gradients">Gradients of the weights, one entry a layer; null for inference.</param>
internal sealed record PeerOutput(float[] Y, float[]? DX, IReadOnlyList<LayerWeights>? Gradients);
