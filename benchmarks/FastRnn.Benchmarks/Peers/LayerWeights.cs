namespace FastRnn.Benchmarks.Peers;

/// <summary>Weights of a layer (or their gradients) in PyTorch's layout and order of gates: i, f, g, o; r, z, n.</summary>
/// <param name="WeightIh">[Gates * Hidden, Input]</param>
/// <param name="WeightHh">[Gates * Hidden, Hidden]</param>
/// <param name="BiasIh">[Gates * Hidden]</param>
/// <param name="BiasHh">[Gates * Hidden]</param>
internal sealed record LayerWeights(float[] WeightIh, float[] WeightHh, float[] BiasIh, float[] BiasHh);
